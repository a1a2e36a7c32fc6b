import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Destination } from '#domain/destination/destination.ts';
import { importRegister } from '#features/register/index.ts';
import type { Clock } from '#platform/clock.ts';
import { systemClock } from '#platform/clock.ts';
import type { Database, OpenDatabase } from '#platform/database/database.ts';
import { openFileKeys } from '#platform/keys/file-keys.ts';
import { keptBytes } from '#platform/keys/kept-bytes.ts';
import { listSigningKeys } from '#platform/keys/signing-key-store.ts';
import { openLog } from '#platform/log.ts';
import { stopOnSignal } from '#src/commands/service.ts';
import { openOwnDatabase } from '#src/compose/database.ts';
import type { CopierKey, University } from '#src/config.ts';
import { loadUniversity, readCopierKeys, readEnvironment } from '#src/config.ts';
import type { Akashi } from '#src/main.ts';
import { startAkashi } from '#src/main.ts';
import { startCampusPrinter } from './campus-printer/campus-printer.tsx';
import { startCopier } from './copier/copier.tsx';
import type { Development, DevelopmentOptions } from './development.ts';
import { startIdentityProvider } from './identity-provider/identity-provider.ts';
import { startInbox } from './inbox/inbox.ts';
import { startPaymentCompany } from './payment-company/payment-company.ts';
import { portsFrom, requireFree } from './ports.ts';
import { startTimestampAuthority } from './timestamp-authority/timestamp-authority.ts';
import { printWelcome } from './welcome.ts';
import { startWitness } from './witness/witness.ts';

/** A secret made at the first start and kept under the data folder. */
const keptSecret = async (folder: string, name: string): Promise<string> =>
  Buffer.from(
    await keptBytes(folder, name, () => Buffer.from(randomBytes(32).toString('base64url'))),
  ).toString();

const CONFIGURATION = resolve(import.meta.dirname, '../config/demo');

/** Everything on this machine, each part a server of its own on the loopback, joined only by their real protocols. */
export const startDevelopment = async (options: DevelopmentOptions): Promise<Development> => {
  const { ports, dataFolder, clock = systemClock } = options;
  await requireFree(ports);
  const baseUrl = `http://localhost:${ports.service}`;
  const read = await loadUniversity(CONFIGURATION);
  // What takes long goes on side by side: the database and its register, the keys, the servers.
  const databaseUrl = options.databaseUrl === undefined ? {} : { databaseUrl: options.databaseUrl };
  const filling = openFilled({ dataFolder, ...databaseUrl }, clock);
  const keyFolder = join(dataFolder, 'keys');
  // At the first start only: later the register says which keys there are.
  const making = existsSync(join(keyFolder, 'document.chain.json'))
    ? undefined
    : openFileKeys(keyFolder, { now: clock.now(), university: read.nameEn });
  const secretKey = await keptSecret(dataFolder, 'payment.secret');
  const webhookSecret = await keptSecret(dataFolder, 'payment-webhook.secret');
  const timestampFolder = join(dataFolder, 'timestamp-authority');
  const logName = `localhost:${ports.service}/log`;
  const logKeys = async () =>
    (await listSigningKeys((await filling).db))
      .filter(({ purpose, retiredAt }) => purpose === 'log' && retiredAt === null)
      .map(({ publicKeySpki }) => ({
        name: logName,
        publicKey: publicKeySpki.slice(-32),
        kind: 'log' as const,
      }));
  const [database, , inbox, identityProvider, company, timestamps, witness] = await Promise.all([
    filling,
    making,
    startInbox({
      smtpPort: ports.inboxSmtp,
      webPort: ports.inboxWeb,
      dataFolder,
      reportUrl: `smtp://127.0.0.1:${ports.reports}`,
    }),
    startIdentityProvider({
      port: ports.identityProvider,
      dataFolder: join(dataFolder, 'identity-provider'),
      personasFile: join(CONFIGURATION, 'personas.yaml'),
      universityNameJa: read.nameJa,
      responsibleUnitJa: read.unit.ja,
      identityLabel: read.identityLabel,
      serviceProvider: { metadataUrl: `${baseUrl}/saml/metadata` },
    }),
    startPaymentCompany({
      port: ports.paymentCompany,
      secretKey,
      webhookSecret,
      webhookUrl: `${baseUrl}/payment/webhooks/sandbox`,
      dataFolder,
      now: () => clock.now().epochMilliseconds,
    }),
    startTimestampAuthority({ port: ports.timestampAuthority, dataFolder: timestampFolder, clock }),
    startWitness({
      port: ports.witness,
      dataFolder: join(dataFolder, 'witness'),
      logs: logKeys,
      clock,
    }),
  ]);
  const { entityId, metadataUrl } = identityProvider;
  const displayName = { ja: `${read.nameJa}統合認証システム`, en: `${read.nameEn} campus sign-in` };
  const university = {
    ...read,
    destinations: read.destinations.map((one) => withPrinters(one, ports.campusPrinter)),
    witness: { url: witness.url, verifierKey: witness.verifierKey },
    identityProviders: [{ entityId, metadata: metadataUrl, policy: 'response' as const, displayName }],
  };
  const environment = readEnvironment(
    {
      ...process.env,
      AKASHI_BASE_URL: baseUrl,
      AKASHI_HOST: 'localhost',
      AKASHI_PORT: String(ports.service),
      AKASHI_DATA: dataFolder,
      AKASHI_CONFIG: CONFIGURATION,
      SMTP_URL: inbox.smtpUrl,
      AKASHI_REPORT_PORT: String(ports.reports),
      AKASHI_PAYMENT_URL: company.url,
      AKASHI_PAYMENT_KEY: secretKey,
      AKASHI_PAYMENT_WEBHOOK_SECRET: webhookSecret,
      AKASHI_TIMESTAMP_URL: timestamps.url,
      AKASHI_TIMESTAMP_POLICY: timestamps.policy,
      AKASHI_TIMESTAMP_ROOT: join(timestampFolder, 'root.der'),
      ...(options.databaseUrl === undefined ? {} : { DATABASE_URL: options.databaseUrl }),
    },
    'development',
  );
  const networks = chainsOf(university, await readCopierKeys(university.copierNetworks, environment));
  const copier = await startCopier({ port: ports.copier, gatewayUrl: baseUrl, networks });
  const campusPrinter = await startCampusPrinter({ port: ports.campusPrinter, machines: machinesOf(read) });
  const log = options.log ?? openLog(options.logLevel ?? 'warn');
  const akashi: Akashi = await startAkashi({
    environment,
    university,
    clock,
    log,
    database,
    web: true,
    worker: true,
  });
  return {
    ports,
    url: akashi.url,
    inboxUrl: inbox.webUrl,
    identityProviderUrl: identityProvider.url,
    paymentCompanyUrl: company.url,
    copierUrl: copier.url,
    campusPrinterUrl: campusPrinter.url,
    witnessUrl: witness.url,
    timestampAuthorityUrl: timestamps.url,
    close: async () => {
      await akashi.close();
      await copier.close();
      await campusPrinter.close();
      await witness.close();
      await company.close();
      await timestamps.close();
      await identityProvider.close();
      await inbox.close();
    },
  };
};

/** Fills an empty register from the sample university's files; a register that has people is left alone. */
const importOnce = async (db: Database, clock: Clock): Promise<void> => {
  const known = await db.selectFrom('person').select('id').limit(1).executeTakeFirst();
  if (known === undefined) await importRegister(db, { folder: join(CONFIGURATION, 'register'), clock });
};

const openFilled = async (
  place: { readonly dataFolder: string; readonly databaseUrl?: string },
  clock: Clock,
): Promise<OpenDatabase> => {
  const database = await openOwnDatabase(place);
  await importOnce(database.db, clock);
  return database;
};

/** One panel for each store chain, each with the key of the network its machines belong to. */
const chainsOf = (university: University, keys: readonly CopierKey[]) => {
  const store = university.destinations.find((destination) => destination.kind === 'store');
  const chains = store?.kind === 'store' ? store.chains : [];
  return chains.flatMap(({ code, nameJa, nameEn, copierNetwork }) =>
    keys
      .filter((key) => key.code === copierNetwork)
      .map(({ keyId, secret }) => ({ code, nameJa, nameEn, keyId, secret })),
  );
};

const machinesOf = (university: University) => {
  const campus = university.destinations.find((destination) => destination.kind === 'campus');
  return campus?.kind === 'campus' ? campus.machines : [];
};

/** The machines of the sample university, at the port that the printers of this machine have. */
const withPrinters = (destination: Destination, port: number): Destination => {
  if (destination.kind !== 'campus') return destination;
  const machines = destination.machines.map((machine) => {
    const printer = new URL(machine.printer);
    printer.port = String(port);
    return { ...machine, printer: printer.href };
  });
  return { ...destination, machines };
};

/** `npm start`. */
export const runCommand = async (): Promise<void> => {
  const first = Number(process.env['AKASHI_PORT'] ?? 3000);
  try {
    const development = await startDevelopment({
      ports: portsFrom(first),
      dataFolder: resolve(process.env['AKASHI_DATA'] ?? 'data'),
      ...(process.env['DATABASE_URL'] === undefined ? {} : { databaseUrl: process.env['DATABASE_URL'] }),
    });
    await printWelcome(development, join(CONFIGURATION, 'personas.yaml'));
    stopOnSignal(development.close);
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exit(1);
  }
};
