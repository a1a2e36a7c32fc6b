// `npm run bench`: prints each figure beside the same work done by bare parts, in the same run (docs/bench.md).
// Words on the command line choose the figures whose name begins with one of them; those that take minutes run only when
// they are named.
import { benchCertificate } from './certificate.ts';
import { benchCopierLookup } from './copier.ts';
import { benchLog } from './log.ts';
import { benchMemory } from './memory.ts';
import { benchOrder } from './order.ts';
import { benchPage } from './page.ts';
import { benchPrintedPage } from './print-page.ts';
import { benchSaml } from './saml.ts';
import { benchSamlHostile } from './saml-hostile.ts';
import { benchSealVerify } from './seal.ts';
import { benchSize } from './size.ts';
import { benchStart } from './start.ts';
import { benchTypesetting } from './typesetting.ts';
import { benchPaymentReady, benchWebhook } from './webhook.ts';

const FIGURES = [
  { name: 'page.signed-in', run: benchPage },
  { name: 'saml.response', run: benchSaml },
  { name: 'saml.hostile', run: benchSamlHostile },
  { name: 'certificate.enrolment', run: () => benchCertificate('enrolment') },
  { name: 'certificate.transcript40', run: () => benchCertificate('transcript40') },
  { name: 'certificate.transcript40.chromium', run: benchPrintedPage },
  { name: 'certificate.memory', run: benchMemory, long: true },
  { name: 'seal.verify', run: benchSealVerify },
  { name: 'log', run: benchLog, long: true },
  { name: 'typesetting', run: benchTypesetting },
  { name: 'order', run: benchOrder },
  { name: 'copier.lookup', run: benchCopierLookup },
  { name: 'webhook', run: benchWebhook },
  { name: 'payment.ready', run: benchPaymentReady },
  { name: 'start.first_page', run: benchStart },
  { name: 'size', run: () => benchSize(), long: true },
];

const chosen = process.argv.slice(2).filter((word) => word !== 'bench');
for (const { name, run, long = false } of FIGURES) {
  if (chosen.length > 0 && !chosen.some((word) => name.startsWith(word))) continue;
  if (chosen.length === 0 && long) {
    process.stderr.write(`${name} takes minutes: npm run bench -- ${name}\n`);
    continue;
  }
  try {
    await run();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    process.stderr.write(`${name} cannot be measured: ${why.replaceAll('\n', ' ')}\n`);
    process.exitCode = 1;
  }
}
