import { randomBytes } from 'node:crypto';
import type { CopierNetwork } from '#domain/university/university.ts';
import { keptBytes } from '#platform/keys/kept-bytes.ts';

export type Mode = 'development' | 'production';

export type Environment = {
  readonly mode: Mode;
  /** Absent in development: the embedded PostgreSQL is started. */
  readonly databaseUrl?: string;
  /** The address people see, without a slash at the end. */
  readonly baseUrl: string;
  readonly host: string;
  readonly port: number;
  readonly dataFolder: string;
  readonly universityFolder: string;
  readonly smtpUrl: string;
  /** Where delivery reports are taken in by SMTP. */
  readonly reportHost: string;
  readonly reportPort: number;
  readonly variables: Readonly<NodeJS.ProcessEnv>;
};

const DEFAULTS = {
  AKASHI_BASE_URL: 'http://localhost:3000',
  AKASHI_HOST: '127.0.0.1',
  AKASHI_PORT: '3000',
  AKASHI_DATA: './data',
  AKASHI_CONFIG: 'config/demo',
  SMTP_URL: 'smtp://127.0.0.1:2525',
  AKASHI_REPORT_HOST: '127.0.0.1',
  AKASHI_REPORT_PORT: '2526',
} as const;

/** What production must be told; the host and port to listen on have the same safe default everywhere. */
const NEEDED = ['DATABASE_URL', 'AKASHI_BASE_URL', 'AKASHI_DATA', 'AKASHI_CONFIG', 'SMTP_URL'] as const;

/** Reads the environment. Throws one `Error` naming everything that is missing (production) or malformed. */
export const readEnvironment = (env: NodeJS.ProcessEnv, mode: Mode): Environment => {
  const given = (name: string): string | undefined => env[name]?.trim() || undefined;
  const missing = mode === 'production' ? NEEDED.filter((name) => given(name) === undefined) : [];
  const value = (name: keyof typeof DEFAULTS): string => given(name) ?? DEFAULTS[name];
  const mistakes = missing.map((name) => `${name} is not set`);
  const portOf = (name: 'AKASHI_PORT' | 'AKASHI_REPORT_PORT'): number => {
    const port = Number(value(name));
    if (!Number.isInteger(port) || port < 0 || port > 65_535) mistakes.push(`${name} is not a port`);
    return port;
  };
  const port = portOf('AKASHI_PORT');
  const reportPort = portOf('AKASHI_REPORT_PORT');
  const baseUrl = value('AKASHI_BASE_URL').replace(/\/+$/, '');
  const secure = /^https:\/\//.test(baseUrl);
  if (!URL.canParse(baseUrl)) mistakes.push('AKASHI_BASE_URL is not a URL');
  else if (mode === 'production' && !secure && missing.length === 0) {
    mistakes.push('AKASHI_BASE_URL must begin with https:// in production');
  }
  if (mistakes.length > 0) throw new Error(`The environment has mistakes:\n  ${mistakes.join('\n  ')}`);
  const databaseUrl = given('DATABASE_URL');
  return {
    mode,
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
    baseUrl,
    host: value('AKASHI_HOST'),
    port,
    dataFolder: value('AKASHI_DATA'),
    universityFolder: value('AKASHI_CONFIG'),
    smtpUrl: value('SMTP_URL'),
    reportHost: value('AKASHI_REPORT_HOST'),
    reportPort,
    variables: env,
  };
};

/** A copier network with the secret shared with it, in hexadecimal or any other text. */
export type CopierKey = { readonly code: string; readonly keyId: string; readonly secret: string };

/**
 * The secret of each copier network: from its environment variable, else, in development only, from
 * `<data>/copier-<code>.secret`, which is made at first use so that the virtual copier can read it there.
 * Throws when production lacks one.
 */
export const readCopierKeys = async (
  networks: readonly CopierNetwork[],
  environment: Environment,
): Promise<CopierKey[]> => {
  const keys: CopierKey[] = [];
  for (const { code, keyId, secretVariable } of networks) {
    const given = environment.variables[secretVariable];
    if (!given && environment.mode === 'production') throw new Error(`${secretVariable} is not set`);
    keys.push({ code, keyId, secret: given || (await developmentSecret(environment.dataFolder, code)) });
  }
  return keys;
};

const developmentSecret = async (dataFolder: string, code: string): Promise<string> => {
  const make = (): Uint8Array => Buffer.from(randomBytes(32).toString('hex'));
  return Buffer.from(await keptBytes(dataFolder, `copier-${code}.secret`, make)).toString();
};
