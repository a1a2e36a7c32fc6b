// Writes docs/order-states.md from the one table of what an order may do; `--check` fails when the page is older.
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ORDER_EDGES, ORDER_STATES, PAID_STATES } from '../src/domain/order/states.ts';

const page = 'docs/order-states.md';

/** The audit event that `transition-order.ts` and `place-order.ts` write for an edge. */
const auditOf = ({ from, event }) => (from === null ? 'order.submitted' : `order.moved · ${event}`);

const render = () => {
  const ends = ORDER_STATES.filter((state) => ORDER_EDGES.every(({ from }) => from !== state));
  const arrows = ORDER_EDGES.map(({ from, event, to }) => `  ${from ?? '[*]'} --> ${to}: ${event}`);
  const rows = ORDER_EDGES.map(
    (edge) => `| ${edge.from ?? '–'} | ${edge.event} | ${edge.to} | ${auditOf(edge)} |`,
  );
  return `# What an order may do

Rendered from \`src/domain/order/states.ts\` by \`node bin/order-states.mjs\`; \`npm run check\` fails when this page is older.
What is not an edge here cannot happen: it throws \`wrong-state\`. Every edge is written to \`order_event\` and to the audit
trail in the transaction that moves the order.

\`\`\`mermaid
stateDiagram-v2
${[...arrows, ...ends.map((state) => `  ${state} --> [*]`)].join('\n')}
\`\`\`

Paid for, and the money not on its way back: ${PAID_STATES.map((state) => `\`${state}\``).join(', ')}.

| from | event | to | audit event |
| --- | --- | --- | --- |
${rows.join('\n')}
`;
};

/** True when the page under `root` is not what the table says. */
export const checkOrderStates = (root) => {
  let written = '';
  try {
    written = readFileSync(join(root, page), 'utf8');
  } catch {
    // Never written: as wrong as an old one.
  }
  const wrong = written !== render();
  console.log(
    wrong ? `FAIL ${page} is older than its table: run node bin/order-states.mjs` : 'ok   order states',
  );
  return wrong;
};

if (process.argv[1] === import.meta.filename) {
  const root = resolve(import.meta.dirname, '..');
  if (!process.argv.includes('--check')) writeFileSync(join(root, page), render());
  else if (checkOrderStates(root)) process.exitCode = 1;
}
