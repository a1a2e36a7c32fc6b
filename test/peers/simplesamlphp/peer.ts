import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TrustedService } from './configuration.ts';
import { SIMPLESAMLPHP, writeConfiguration } from './configuration.ts';

export type SimpleSamlPhp = {
  readonly url: string;
  readonly entityId: string;
  readonly metadataUrl: string;
  readonly metadataXml: string;
  readonly close: () => Promise<void>;
};

/**
 * Starts the real SimpleSAMLphp of the distribution on PHP's own server on the loopback, with fresh keys, trusting
 * one service. Undefined, with one sentence on standard output, where it is not installed.
 */
export const startSimpleSamlPhp = async (service: TrustedService): Promise<SimpleSamlPhp | undefined> => {
  if (!existsSync(join(SIMPLESAMLPHP, 'www')) || !existsSync('/usr/bin/php')) {
    console.log(
      'SimpleSAMLphp is not installed here (test/peers/simplesamlphp/install.sh), so it is not asked.',
    );
    return undefined;
  }
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'akashi-simplesamlphp-'));
  writeConfiguration(folder, port, service);
  const server = startPhp(folder, port);
  const url = `http://127.0.0.1:${port}`;
  const metadataUrl = `${url}/saml2/idp/metadata.php`;
  const close = async (): Promise<void> => {
    await stop(server);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const metadataXml = await waitFor(metadataUrl, server);
    return { url, entityId: `${url}/idp`, metadataUrl, metadataXml, close };
  } catch (error) {
    await close();
    throw error;
  }
};

const startPhp = (folder: string, port: number): ChildProcess => {
  const settings = [
    'display_errors=stderr',
    'error_reporting=E_ALL & ~E_DEPRECATED',
    `session.save_path=${folder}/tmp`,
  ];
  const options = settings.flatMap((setting) => ['-d', setting]);
  return spawn('/usr/bin/php', [...options, '-S', `127.0.0.1:${port}`, '-t', join(SIMPLESAMLPHP, 'www')], {
    env: { PATH: process.env['PATH'] ?? '', SIMPLESAMLPHP_CONFIG_DIR: join(folder, 'config') },
    stdio: 'ignore',
  });
};

const freePort = (): Promise<number> =>
  new Promise((found, failed) => {
    const probe = createServer();
    probe.once('error', failed);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => found(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });

/** PHP's server has no ready signal: ask until it answers, at most ten seconds. */
const waitFor = async (url: string, server: ChildProcess): Promise<string> => {
  const end = Date.now() + 10_000;
  while (Date.now() < end && server.exitCode === null) {
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok === true) return answer.text();
    if (answer !== null)
      throw new Error(`SimpleSAMLphp answers ${answer.status}: ${(await answer.text()).slice(0, 2_000)}`);
    await new Promise((later) => setTimeout(later, 50));
  }
  throw new Error('SimpleSAMLphp did not start');
};

const stop = (server: ChildProcess): Promise<void> =>
  new Promise((stopped) => {
    if (server.exitCode !== null || server.signalCode !== null) return stopped();
    server.once('exit', () => stopped());
    server.kill('SIGTERM');
  });
