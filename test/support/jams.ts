import assert from 'node:assert/strict';
import { seededDraw } from './guesses.ts';
import type { IssuingWorld } from './issuing.ts';
import { placePaidOrder } from './issuing.ts';

const MISFORTUNES = ['jam', 'no paper', 'power loss', 'report lost', 'report late', 'report stale'] as const;
type Lease = { claim: string; fence: number; documents: { document: number; sha256: string }[] };

/** Sheets that left a machine, as the register knows them now; `valid` is what a verifier would be told. */
const papersOf = async ({ db }: IssuingWorld, sheets: ReadonlySet<string>) => {
  const rows = await db
    .selectFrom('issued_certificate')
    .select(['order_line_id', 'copy', 'sha256', 'status'])
    .execute();
  return rows.map((row) => ({
    copy: `${row.order_line_id}/${row.copy}`,
    valid: row.status === 'valid',
    onPaper: row.sha256 !== null && sheets.has(row.sha256),
  }));
};

const checkPapers = async (world: IssuingWorld, sheets: ReadonlySet<string>): Promise<void> => {
  const papers = await papersOf(world, sheets);
  const valid = papers.filter((one) => one.valid);
  const copies = new Set(valid.map(({ copy }) => copy));
  assert.equal(valid.length, copies.size, 'at most one valid impression of each copy');
  const onPaper = valid.filter((one) => one.onPaper).map(({ copy }) => copy);
  assert.equal(onPaper.length, new Set(onPaper).size, 'at most one valid paper of each copy');
};

/**
 * Prints again and again at machines that jam, lose their power or their report, drawn from `seed`. After every step no
 * copy has two valid papers; when an order is printed each of its copies has exactly one.
 */
export const jam = async (
  world: IssuingWorld,
  { times, seed }: { times: number; seed: number },
): Promise<void> => {
  const draw = seededDraw(seed);
  const sheets = new Set<string>();
  let orderId: string | null = null;
  let stale: Lease | null = null;
  const report = (lease: Lease, result: string): Promise<Response> =>
    world.copier.call('POST', `/claims/${lease.claim}/outcome`, {
      fence: lease.fence,
      impressions: lease.documents.map(({ document }) => ({ document, result, pages: 1 })),
    });
  for (let n = 0; n < times; n += 1) {
    if (orderId === null) {
      orderId = await placePaidOrder(world.parts, world.student);
      await world.issue(orderId);
    }
    const response = await world.copier.claim(orderId);
    assert.equal(response.status, 200);
    const lease = (await response.json()) as Lease;
    // A report of an earlier claim arrives now: its sheet is void already, and it counts for nothing.
    if (stale !== null) assert.equal((await report(stale, 'completed')).status, 409);
    stale = null;
    const misfortune = MISFORTUNES[draw(MISFORTUNES.length)] ?? 'jam';
    if (misfortune !== 'no paper') for (const { sha256 } of lease.documents) sheets.add(sha256);
    if (misfortune === 'jam') assert.equal((await report(lease, 'partial')).status, 200);
    if (misfortune === 'no paper') assert.equal((await report(lease, 'failed')).status, 200);
    if (misfortune === 'report stale') stale = lease;
    if (!['jam', 'no paper'].includes(misfortune)) {
      world.clock.advance({ minutes: 3 });
      if (draw(2) === 0) await world.run('end-print-lease', { claimId: lease.claim });
    }
    await checkPapers(world, sheets);
    const late = misfortune === 'report late' || draw(20) === 0;
    if (late && stale === null && (await report(lease, 'completed')).status === 200) {
      await checkPapers(world, sheets);
      const papers = (await papersOf(world, sheets)).filter(({ valid, onPaper }) => valid && onPaper);
      assert.ok(papers.length > 0);
      orderId = null;
    }
  }
};
