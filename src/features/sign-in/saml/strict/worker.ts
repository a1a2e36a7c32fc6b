// Runs in a worker thread: whatever a hostile message costs, the server goes on answering.
import { parentPort } from 'node:worker_threads';
import { verify } from './crypto.ts';
import { gateMessage } from './gate.ts';
import type { SamlInput, SamlResult } from './input.ts';
import { readMeaning } from './meaning.ts';
import { SamlRefused } from './refusal.ts';

const read = (input: SamlInput): SamlResult => {
  try {
    return { ok: true, assertion: readMeaning(verify(gateMessage(input.response), input), input) };
  } catch (error) {
    return { ok: false, reason: error instanceof SamlRefused ? error.reason : 'unexpected' };
  }
};

parentPort?.on('message', (input: SamlInput) => parentPort?.postMessage(read(input)));
parentPort?.postMessage('ready');
