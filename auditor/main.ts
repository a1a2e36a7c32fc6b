// node auditor/main.ts --service https://… --witness https://… --log-key … --witness-key … [--memory file]
// Audits the transparency log of a certificate issuance service. Imports nothing of the service.
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Memory } from './audit.ts';
import { audit } from './audit.ts';
import { readSigner } from './notes.ts';

const { values } = parseArgs({
  options: {
    service: { type: 'string' },
    witness: { type: 'string' },
    'log-key': { type: 'string', multiple: true },
    'witness-key': { type: 'string' },
    memory: { type: 'string' },
  },
});
const { service, witness, memory } = values;
const [logKeys, witnessKey] = [values['log-key'], values['witness-key']];
if (!service || !witness || !logKeys || !witnessKey) {
  console.error(
    'needs --service, --witness, --log-key (each that the log ever had) and --witness-key; --memory names a file to remember in',
  );
  process.exit(2);
}

const remembered = (file: string): Memory | undefined => {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Memory;
  } catch {
    return undefined;
  }
};

const started = performance.now();
const before = memory === undefined ? undefined : remembered(memory);
const once = () =>
  audit({
    log: `${service}/log`,
    status: `${service}/verify/status.json`,
    witness,
    logKeys: logKeys.map(readSigner),
    witnessKey: readSigner(witnessKey),
    ...(before === undefined ? {} : { before }),
  });

/** A withdrawal is on the list a moment before a witness has seen its leaf: worth a second look. */
const PATIENCE_MS = 6000;
let result = await once();
for (let look = 0; look < 3 && result.findings.some(({ code }) => code === 'silent-withdrawal'); look += 1) {
  await new Promise((done) => setTimeout(done, PATIENCE_MS));
  result = await once();
}
for (const { code, detail } of result.findings) console.log(`FOUND ${code}: ${detail}`);
const seconds = ((performance.now() - started) / 1000).toFixed(1);
console.log(`${result.memory?.size ?? 0} leaves, ${result.findings.length} findings, ${seconds} s`);
if (memory !== undefined && result.memory !== undefined && result.findings.length === 0) {
  writeFileSync(`${memory}.new`, JSON.stringify(result.memory));
  renameSync(`${memory}.new`, memory);
}
process.exit(result.findings.length === 0 ? 0 : 1);
