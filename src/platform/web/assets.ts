import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { build } from 'esbuild';
import { Hono } from 'hono';

export type Assets = {
  readonly stylesheet: string;
  /** Module name (file name without ending) → URL. */
  readonly scripts: ReadonlyMap<string, string>;
  readonly routes: Hono;
};

type File = { readonly type: string; readonly body: Uint8Array<ArrayBuffer> };

/**
 * Bundles one stylesheet and the given browser modules at start, in memory, under names that carry their hash, so that
 * browsers may keep them for a year. Throws when a file does not build.
 */
export const buildAssets = async (stylesheet: string, modules: readonly string[]): Promise<Assets> => {
  const result = await build({
    entryPoints: [stylesheet, ...modules],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: ['es2022'],
    outdir: '/assets',
    entryNames: '[name]',
    loader: { '.woff2': 'file', '.svg': 'dataurl' },
    logLevel: 'silent',
    jsx: 'automatic',
    jsxImportSource: 'preact',
  });
  const files = new Map<string, File>();
  const urls = new Map<string, string>();
  for (const output of result.outputFiles) {
    const [, name = '', ending = ''] = /^(.*)\.(\w+)$/.exec(basename(output.path)) ?? [];
    const hash = createHash('sha256').update(output.contents).digest('base64url').slice(0, 10);
    const url = `/assets/${name}.${hash}.${ending}`;
    files.set(url, {
      type: ending === 'css' ? 'text/css' : 'text/javascript',
      body: new Uint8Array(output.contents),
    });
    urls.set(`${name}.${ending}`, url);
  }
  const routes = new Hono();
  routes.get('/assets/:file', (c) => {
    const file = files.get(c.req.path);
    if (file === undefined) return c.notFound();
    c.header('Cache-Control', 'public, max-age=31536000, immutable');
    return c.body(file.body, 200, { 'Content-Type': `${file.type}; charset=utf-8` });
  });
  const scripts = new Map(
    [...urls].filter(([name]) => name.endsWith('.js')).map(([name, url]) => [name.slice(0, -3), url]),
  );
  return { stylesheet: urls.get(basename(stylesheet)) ?? '', scripts, routes };
};
