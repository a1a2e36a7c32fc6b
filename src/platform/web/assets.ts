import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { build } from 'esbuild';
import { Hono } from 'hono';
import type { Encoding } from './encoding.ts';
import { encodingFor } from './encoding.ts';

export type Assets = {
  readonly stylesheet: string;
  /** Module name, its path below the common folder without ending → URL. */
  readonly scripts: ReadonlyMap<string, string>;
  /** URLs of a module and of everything it may load later. */
  readonly family: (name: string) => readonly string[];
  readonly routes: Hono;
};

type Body = Uint8Array<ArrayBuffer>;
type File = { readonly type: string; readonly encoded: (encoding: Encoding) => Promise<Body> };

const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };
const ENCODERS: Readonly<Record<Encoding, (contents: Uint8Array) => Promise<Uint8Array>>> = {
  br: (contents) => promisify(brotliCompress)(contents, BROTLI),
  gzip: (contents) => promisify(gzip)(contents, { level: 9 }),
  plain: async (contents) => contents,
};

/** Compressed when first asked for, and kept: at start it would hold up the first page for seconds. */
const asFile = (type: string, contents: Uint8Array): File => {
  const kept = new Map<Encoding, Promise<Body>>();
  return {
    type: `${type}; charset=utf-8`,
    encoded: (encoding) => {
      const made = kept.get(encoding) ?? ENCODERS[encoding](contents).then((bytes) => new Uint8Array(bytes));
      kept.set(encoding, made);
      return made;
    },
  };
};

const FOLDER = '/assets';

/**
 * Bundles one stylesheet and the given browser modules (files below `folder`) at start, in memory, under names that
 * carry their hash, so that browsers may keep them for a year, and are compressed once. Throws when a file does not build.
 */
export const buildAssets = async (options: {
  readonly stylesheet: string;
  readonly folder: string;
  /** Paths relative to `folder`. */
  readonly modules: readonly string[];
}): Promise<Assets> => {
  const { stylesheet, folder, modules } = options;
  const result = await build({
    absWorkingDir: folder,
    entryPoints: [stylesheet, ...modules.map((module) => resolve(folder, module))],
    bundle: true,
    splitting: true,
    minify: true,
    write: false,
    metafile: true,
    format: 'esm',
    target: ['es2022'],
    outdir: FOLDER,
    entryNames: '[name].[hash]',
    chunkNames: 'part.[hash]',
    loader: { '.woff2': 'file', '.svg': 'dataurl' },
    logLevel: 'silent',
    jsx: 'automatic',
    jsxImportSource: 'preact',
  });
  const urlOf = (output: string): string => `${FOLDER}/${output.split('/').at(-1) ?? ''}`;
  const files = new Map<string, File>(
    result.outputFiles.map(({ path, contents }) => [
      urlOf(path.replaceAll('\\', '/')),
      asFile(path.endsWith('.css') ? 'text/css' : 'text/javascript', contents),
    ]),
  );
  const outputs = new Map(
    Object.entries(result.metafile.outputs).map(([output, { entryPoint, imports }]) => [
      urlOf(output),
      { entry: entryPoint === undefined ? undefined : resolve(folder, entryPoint), imports },
    ]),
  );
  const urlOfEntry = (entry: string): string =>
    [...outputs].find(([, output]) => output.entry === resolve(folder, entry))?.[0] ?? '';
  const scripts = new Map(
    modules.map((module) => [module.replace(/\.tsx?$/, ''), urlOfEntry(module)] as const),
  );
  const family = (name: string): readonly string[] => {
    const found = new Set<string>();
    const visit = (url: string): void => {
      if (found.has(url)) return;
      found.add(url);
      for (const { path, external } of outputs.get(url)?.imports ?? []) if (!external) visit(urlOf(path));
    };
    visit(scripts.get(name) ?? '');
    return [...found];
  };
  const routes = new Hono();
  routes.get(`${FOLDER}/:file`, async (c) => {
    const file = files.get(c.req.path);
    if (file === undefined) return c.notFound();
    const encoding = encodingFor(c.req.header('accept-encoding'));
    c.header('Cache-Control', 'public, max-age=31536000, immutable');
    c.header('Vary', 'Accept-Encoding');
    if (encoding !== 'plain') c.header('Content-Encoding', encoding);
    return c.body(await file.encoded(encoding), 200, { 'Content-Type': file.type });
  });
  return { stylesheet: urlOfEntry(stylesheet), scripts, family, routes };
};
