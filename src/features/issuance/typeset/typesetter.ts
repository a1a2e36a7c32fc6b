import { type ChildProcess, fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { AkashiError } from '#domain/error.ts';
import type { Fonts } from './glyphs.ts';
import { watchFonts } from './glyphs.ts';

/** Beginning anew costs as much as typesetting a hundred documents, and one of these takes no more room than the first 300. */
const DOCUMENTS_PER_PROCESS = 5000;
const RSS_LIMIT = 600 * 1024 * 1024;
const TIMEOUT_MILLISECONDS = 30_000;

/** Only where everything stands; a file to be drawn as a picture; or one that is accessible and lasts as well. */
export type Make = 'layout' | 'draft' | 'document';
export type TypesetRequest = { template: string; data: unknown; seconds: number; make: Make };
/** `rows[i]` is the page, from 1, on which row i + 1 stands; `pdf` is null of a layout. */
export type TypesetResult = { pages: number; rows: number[]; pdf: Uint8Array | null };
/** How many rows stand on each page. */
export const countRows = ({ pages, rows }: Pick<TypesetResult, 'pages' | 'rows'>): number[] =>
  Array.from({ length: pages }, (_, index) => rows.filter((page) => page === index + 1).length);

export type Typesetter = {
  typeset: (request: TypesetRequest) => Promise<TypesetResult>;
  /** What is wrong with a template, as `file:line: message`; empty when it typesets. `data` must be made up. */
  explain: (request: Omit<TypesetRequest, 'make'>) => Promise<string[]>;
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

type Compiler = { readonly ask: (message: object) => Promise<Answer>; readonly retire: () => void };

/** One child process, one document at a time, replaced when it has grown: the compiler leaks memory. */
const openCompiler = (universityFolder: string, currentFonts: () => Fonts): Compiler => {
  let child: ChildProcess | null = null;
  let fonts: Fonts | null = null;
  let made = 0;
  const retire = (): void => {
    child?.kill();
    child = null;
  };
  return {
    retire,
    ask: async (message) => {
      // The child read its fonts when it began.
      if (fonts !== currentFonts()) retire();
      if (!child?.connected) {
        fonts = currentFonts();
        child = fork(new URL('./worker.ts', import.meta.url), [universityFolder], {
          serialization: 'advanced',
        });
        made = 0;
      }
      const answer = await askChild(child, { ...message, id: made++ });
      if (made >= DOCUMENTS_PER_PROCESS || answer.rss > RSS_LIMIT) retire();
      return answer;
    },
  };
};

/** Compilers that are free; the last one used is taken first, so that few requests warm few processes. */
const openPool = (compilers: readonly Compiler[]) => {
  const free = [...compilers];
  const waiting: ((compiler: Compiler) => void)[] = [];
  const take = (): Promise<Compiler> => {
    const compiler = free.pop();
    return compiler === undefined
      ? new Promise((resolve) => waiting.push(resolve))
      : Promise.resolve(compiler);
  };
  return async (message: object): Promise<Answer> => {
    const compiler = await take();
    try {
      return await compiler.ask(message);
    } finally {
      const next = waiting.shift();
      if (next === undefined) free.push(compiler);
      else next(compiler);
    }
  };
};

export type TypesetterOptions = {
  readonly universityFolder: string;
  /** How many documents are typeset at once; without it, one a core, at most four. */
  readonly processes?: number;
};

/** A pool of compilers: a request goes to one that is free, or waits its turn, first come first served. */
export function openTypesetter({
  universityFolder,
  processes = Math.min(4, availableParallelism()),
}: TypesetterOptions): Typesetter {
  const currentFonts = watchFonts(universityFolder);
  const compilers = Array.from({ length: processes }, () => openCompiler(universityFolder, currentFonts));
  const inTurn = openPool(compilers);
  const dataFor = (data: unknown): string => {
    const text = JSON.stringify(data);
    const fonts = currentFonts();
    const fontData = { fontFamilies: fonts.families, exactGlyphs: fonts.exact(text) };
    return JSON.stringify({ ...fontData, ...(data as object) });
  };
  const ask = (request: TypesetRequest): Promise<Answer> =>
    inTurn({ ...request, data: dataFor(request.data) });
  return {
    typeset: async (request) => {
      const answer = await ask(request);
      if (answer.error !== undefined) {
        // The diagnostics may quote the document, so they go no further than their kind.
        throw new AkashiError('unexpected', {
          typesetter: answer.error.slice(0, 12),
          template: request.template,
        });
      }
      return { pages: answer.pages, rows: answer.rows, pdf: answer.pdf ? new Uint8Array(answer.pdf) : null };
    },
    explain: async (request) => (await ask({ ...request, make: 'document' })).diagnostics ?? [],
    close: () => {
      for (const compiler of compilers) compiler.retire();
    },
  };
}
