import { Hono } from 'hono';
import type { StripeActs } from './acts.ts';
import type { Account } from './objects.ts';

/** What only tests do: payers, stores and banks. */
export const createStripeTestActs = ({ account, acts }: { account: Account; acts: StripeActs }): Hono => {
  const routes = new Hono();
  routes.post('/sessions/:id/:act', (c) => {
    const session = account.sessions.get(c.req.param('id'));
    if (session === undefined) return c.notFound();
    const known: Record<string, () => void> = {
      succeed: () => acts.succeed(session),
      'succeed-late': () => acts.succeedLate(session),
      decline: () => acts.decline(session),
      'issue-slips': () => acts.issueSlips(session),
      expire: () => acts.expire(session),
      dispute: () => acts.dispute(session),
      'win-dispute': () => acts.decideDispute(session, 'won'),
      'lose-dispute': () => acts.decideDispute(session, 'lost'),
      'succeed-refunds': () => acts.endRefunds(session, 'succeeded'),
      'fail-refunds': () => acts.endRefunds(session, 'failed'),
    };
    const act = known[c.req.param('act')];
    if (act === undefined) return c.notFound();
    act();
    return c.body(null, 204);
  });
  routes.post('/next-refund/:state', (c) => {
    account.nextRefunds.push(c.req.param('state') === 'failed' ? 'failed' : 'pending');
    return c.body(null, 204);
  });
  routes.post('/close-day', (c) => {
    acts.closeDay();
    return c.body(null, 204);
  });
  return routes;
};
