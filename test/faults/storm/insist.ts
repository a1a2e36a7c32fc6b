import { setTimeout } from 'node:timers/promises';

/** How long somebody tries again; longer than any death here lasts. */
const PATIENCE_MS = 240_000;
const TRY_AGAIN_MS = 150;
const LOOK_AGAIN_MS = 800;

/** As people and machines do at something that fails: the same once more, until it is answered. */
export const insist = async <Result>(work: () => Promise<Result>): Promise<Result> => {
  for (const until = Date.now() + PATIENCE_MS; ; ) {
    try {
      return await work();
    } catch (error) {
      if (Date.now() > until) throw error;
      await setTimeout(TRY_AGAIN_MS);
    }
  }
};

/** Sends a request until something that is no failure of the server comes back: no broken connection, no 5xx. */
export const insistOnAnswer = (send: () => Promise<Response>): Promise<Response> =>
  insist(async () => {
    const answer = await send();
    if (answer.status < 500) return answer;
    await answer.body?.cancel();
    throw new Error(`answered ${answer.status}`);
  });

/** Looks again until there is something. */
export const awaitSome = async <Result>(
  what: string,
  look: () => Promise<Result | null>,
  patienceMs = PATIENCE_MS,
): Promise<Result> => {
  for (const until = Date.now() + patienceMs; Date.now() < until; ) {
    const found = await look();
    if (found !== null) return found;
    await setTimeout(LOOK_AGAIN_MS);
  }
  throw new Error(`waited in vain for ${what}`);
};
