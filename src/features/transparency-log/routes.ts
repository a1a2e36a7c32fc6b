import { AkashiError } from '#domain/error.ts';
import { encodeBundle } from '#domain/transparency/leaf.ts';
import { TILE_WIDTH } from '#domain/transparency/merkle.ts';
import { parseTilePath } from '#domain/transparency/tile-path.ts';
import type { Routes } from '#features/http.tsx';
import { createRoutes } from '#features/http.tsx';
import type { Database } from '#platform/database/database.ts';
import { listCosigned, newestCheckpoint, noteOf } from './checkpoint-store.ts';
import { readEntries, readTileBytes } from './log-store.ts';
import { logPath } from './paths.ts';

const IMMUTABLE = 'public, max-age=31536000, immutable';
const CHECKPOINTS_A_PAGE = 256;

export type LogRoutesDependencies = { readonly db: Database; readonly hasWitness: boolean };

/** The log as static resources; none of them names a certificate. */
export const createLogRoutes = ({ db, hasWitness }: LogRoutesDependencies): Routes => {
  const routes = createRoutes();

  routes.get(`${logPath()}/checkpoint`, async (c) => {
    const checkpoint = await newestCheckpoint(db, { cosigned: hasWitness });
    if (checkpoint === null) throw new AkashiError('not-found');
    c.header('Cache-Control', 'public, max-age=2');
    return c.text(noteOf(checkpoint));
  });

  // Every checkpoint the witness ever cosigned, so that an auditor sees when each leaf was first vouched for.
  routes.get(`${logPath()}/checkpoints/:after{\\d{1,15}}`, async (c) => {
    const checkpoints = await listCosigned(db, BigInt(c.req.param('after')), CHECKPOINTS_A_PAGE);
    const full = checkpoints.length === CHECKPOINTS_A_PAGE;
    c.header('Cache-Control', full ? IMMUTABLE : 'public, max-age=2');
    return c.json({
      next: String(checkpoints.at(-1)?.id ?? c.req.param('after')),
      checkpoints: checkpoints.map(noteOf),
    });
  });

  routes.get(`${logPath()}/tile/:path{.+}`, async (c) => {
    const name = parseTilePath(c.req.param('path'));
    if (name === null) throw new AkashiError('not-found');
    const { level, index, width } = name;
    const bytes =
      level === 'entries' ? await bundle(db, index, width) : await readTileBytes(db, { level, index, width });
    if (bytes === null) throw new AkashiError('not-found');
    c.header('Cache-Control', IMMUTABLE);
    return c.body(new Uint8Array(bytes), 200, { 'Content-Type': 'application/octet-stream' });
  });
  return routes;
};

const bundle = async (db: Database, index: number, width: number): Promise<Uint8Array | null> => {
  const entries = await readEntries(db, index * TILE_WIDTH, width);
  return entries.length === width ? encodeBundle(entries) : null;
};
