import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import type { Development } from './development.ts';

type Persona = { user: string; password: string; labelEn: string; labelJa: string };

/** The one page that `npm start` prints: where everything is and who one can be. */
export const printWelcome = async (development: Development, personasFile: string): Promise<void> => {
  const parsed: unknown = parse(await readFile(personasFile, 'utf8'));
  const list = Array.isArray(parsed) ? parsed : (parsed as { personas: unknown[] }).personas;
  const personas = list as Persona[];
  const width = Math.max(...personas.map(({ user }) => user.length));
  const lines = personas.map(
    (one) => `    ${one.user.padEnd(width)}  ${one.password}  ${one.labelEn} ${one.labelJa}`,
  );
  console.log(`
  証 Akashi is running. Press Ctrl-C to stop; the next start continues where it was.

    Start page          ${development.url}/
    Mail inbox          ${development.inboxUrl}/
    Store copiers       ${development.copierUrl}/
    Campus printers     ${development.campusPrinterUrl}/
    Check a paper       ${development.url}/verify
    Campus sign-in      ${development.identityProviderUrl}/
    Payment company     ${development.paymentCompanyUrl}/
    Witness of the log  ${development.witnessUrl}/key
    Timestamps          ${development.timestampAuthorityUrl}/

  Sign in as (user, password):
${lines.join('\n')}
`);
};
