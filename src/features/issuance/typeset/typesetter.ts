import { type ChildProcess, fork } from 'node:child_process';
import { AkashiError } from '#domain/error.ts';
import { openFonts } from './glyphs.ts';

const DOCUMENTS_PER_PROCESS = 300;
const RSS_LIMIT = 600 * 1024 * 1024;
const TIMEOUT_MILLISECONDS = 30_000;

export type TypesetRequest = { template: string; data: unknown; seconds: number; measure: boolean };
/** `rows[i]` is the page, from 1, on which row i + 1 stands; `pdf` is null when only measured. */
export type TypesetResult = { pages: number; rows: number[]; pdf: Uint8Array | null };
export type Typesetter = {
  typeset: (request: TypesetRequest) => Promise<TypesetResult>;
  /** What is wrong with a template, as `file:line: message`; empty when it typesets. `data` must be made up. */
  explain: (request: Omit<TypesetRequest, 'measure'>) => Promise<string[]>;
  close: () => void;
};

type Answer = TypesetResult & { error?: string; diagnostics?: string[]; rss: number };

function askChild(child: ChildProcess, message: object): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const finish = (act: () => void) => {
      clearTimeout(timer);
      child.removeAllListeners('message').removeAllListeners('exit');
      act();
    };
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      finish(() => reject(new AkashiError('unavailable', { typesetter: 'timeout' })));
    }, TIMEOUT_MILLISECONDS);
    child.once('message', (answer) => finish(() => resolve(answer as Answer)));
    child.once('exit', (code) =>
      finish(() => reject(new AkashiError('unavailable', { typesetter: 'exit', code }))),
    );
    child.send(message);
  });
}

/** One child process, one document at a time, replaced when it has grown: the compiler leaks memory. */
export function openTypesetter({ universityFolder }: { universityFolder: string }): Typesetter {
  const fonts = openFonts(universityFolder);
  let child: ChildProcess | null = null;
  let made = 0;
  let queue: Promise<unknown> = Promise.resolve();
  const retire = () => {
    child?.kill();
    child = null;
    made = 0;
  };
  const dataFor = (data: unknown): string => {
    const text = JSON.stringify(data);
    const fontData = { fontFamilies: fonts.families, exactGlyphs: fonts.exact(text) };
    return JSON.stringify({ ...fontData, ...(data as object) });
  };
  async function ask(request: TypesetRequest): Promise<Answer> {
    if (!child?.connected) {
      child = fork(new URL('./worker.ts', import.meta.url), [universityFolder], {
        serialization: 'advanced',
      });
      made = 0;
    }
    const answer = await askChild(child, { ...request, id: made++, data: dataFor(request.data) });
    if (made >= DOCUMENTS_PER_PROCESS || answer.rss > RSS_LIMIT) retire();
    return answer;
  }
  const inTurn = (request: TypesetRequest): Promise<Answer> => {
    const turn = queue.then(() => ask(request));
    queue = turn.catch(() => undefined);
    return turn;
  };
  return {
    typeset: async (request) => {
      const answer = await inTurn(request);
      if (answer.error !== undefined) {
        // The diagnostics may quote the document, so they go no further than their kind.
        throw new AkashiError('unexpected', {
          typesetter: answer.error.slice(0, 12),
          template: request.template,
        });
      }
      return { pages: answer.pages, rows: answer.rows, pdf: answer.pdf ? new Uint8Array(answer.pdf) : null };
    },
    explain: async (request) => (await inTurn({ ...request, measure: false })).diagnostics ?? [],
    close: retire,
  };
}
