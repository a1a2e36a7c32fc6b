import { resolve } from 'node:path';
import { build } from 'esbuild';
import { Hono } from 'hono';
import type { Packed } from './packed.ts';
import { packed, sendPacked } from './packed.ts';

export type Assets = {
  readonly stylesheet: string;
  /** Module name, its path below the common folder without ending → URL. */
  readonly scripts: ReadonlyMap<string, string>;
  /** URLs of a module and of everything it may load later. */
  readonly family: (name: string) => readonly string[];
  readonly routes: Hono;
};

type File = { readonly type: string; readonly contents: Packed };

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
      {
        type: `${path.endsWith('.css') ? 'text/css' : 'text/javascript'}; charset=utf-8`,
        // When first asked for: at start it would hold up the first page for seconds.
        contents: packed(contents, 'best'),
      },
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
    c.header('Cache-Control', 'public, max-age=31536000, immutable');
    return sendPacked(c, file.contents, file.type);
  });
  return { stylesheet: urlOfEntry(stylesheet), scripts, family, routes };
};
