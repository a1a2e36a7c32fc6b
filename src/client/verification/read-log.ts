import type { LogKeys, LogReader } from '#domain/transparency/check-logged.ts';
import { decodeVerifier } from '#domain/transparency/note.ts';
import { tilePath } from '#domain/transparency/tile-path.ts';
import type { VerificationPageData } from './page-data.ts';

const get = async (url: string): Promise<Response> => {
  const response = await fetch(url, { credentials: 'omit' });
  if (!response.ok) throw new Error(`${url} answers ${response.status}`);
  return response;
};

const bytesOf = async (url: string): Promise<Uint8Array> =>
  new Uint8Array(await (await get(url)).arrayBuffer());

/** The log over the network, as static resources. */
export const logOverNetwork = (prefix: string): LogReader => ({
  checkpoint: async () => (await get(`${prefix}/checkpoint`)).text(),
  bundle: (index, width) => bytesOf(`${prefix}/tile/${tilePath('entries', index, width)}`),
  tile: async ({ level, index, width }) => {
    const bytes = await bytesOf(`${prefix}/tile/${tilePath(level, index, width)}`);
    return Array.from({ length: width }, (_, at) => bytes.slice(at * 32, at * 32 + 32));
  },
});

export const readLogKeys = async ({ log, witness }: VerificationPageData['logKeys']): Promise<LogKeys> => ({
  log: await Promise.all(log.map(decodeVerifier)),
  witness: witness === null ? null : await decodeVerifier(witness),
});
