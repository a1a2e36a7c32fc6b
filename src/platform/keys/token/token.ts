import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { join } from 'node:path';
import { keyIdOf } from '../file-keys.ts';
import type { KeyAlgorithm, KeyHolder } from '../key-holder.ts';
import { parseTokenUri } from './token-uri.ts';

/** `bytes` null asks for the public key alone. */
export type TokenQuestion = {
  readonly library: string;
  readonly pin: string;
  readonly uri: string;
  readonly algorithm: KeyAlgorithm;
  readonly bytes: Uint8Array | null;
};
export type TokenAnswer =
  | { readonly ok: true; readonly spki: Uint8Array; readonly signature: Uint8Array | null }
  | { readonly ok: false; readonly reason: string };

export type TokenOptions = {
  /** The PKCS #11 library, a path. */
  readonly library: string;
  readonly readPin: () => Promise<string>;
};

const PATIENCE_MS = 20_000;
const PROCESS = join(import.meta.dirname, 'token-worker.ts');

const startProcess = (): ChildProcess =>
  fork(PROCESS, [], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });

/** One question; rejects where the process ends, or is silent so long that the token must be taken for gone. */
const ask = (child: ChildProcess, question: TokenQuestion): Promise<TokenAnswer> =>
  new Promise((resolve, reject) => {
    const settle = (act: () => void): void => {
      clearTimeout(late);
      child.off('message', answered).off('exit', ended);
      act();
    };
    const answered = (answer: TokenAnswer): void => settle(() => resolve(answer));
    const ended = (): void => settle(() => reject(new Error('the process of the token ended')));
    const late = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
    child.on('message', answered).on('exit', ended);
    child.send(question, (error) => {
      if (error !== null) settle(() => reject(error));
    });
  });

/**
 * Keys of a token or HSM, which sign there. Opens the key that a PKCS #11 URI names; the keys of one library share a
 * process, and wait for one another. What fails is thrown, and the next question starts afresh.
 */
export const openToken = ({ library, readPin }: TokenOptions) => {
  if (process.platform === 'win32') throw new Error('tokens are not supported on Windows');
  let child: ChildProcess | undefined;
  let turn: Promise<unknown> = Promise.resolve();

  const askNow = async (question: TokenQuestion): Promise<TokenAnswer & { ok: true }> => {
    if (child === undefined || !child.connected) child = startProcess();
    const asked = child;
    asked.ref();
    asked.channel?.ref();
    try {
      const answer = await ask(asked, question);
      if (answer.ok) return answer;
      child = undefined;
      throw new Error(answer.reason);
    } finally {
      // Idle, it does not keep this process alive; it ends with it.
      asked.unref();
      asked.channel?.unref();
    }
  };
  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const result = turn.then(work);
    turn = result.catch(() => {});
    return result;
  };

  return async (uri: string, algorithm: KeyAlgorithm): Promise<KeyHolder> => {
    parseTokenUri(uri);
    const pin = await readPin();
    const question = { library, pin, uri, algorithm };
    const { spki } = await inTurn(() => askNow({ ...question, bytes: null }));
    return {
      keyId: keyIdOf(spki),
      algorithm,
      publicKeySpki: spki,
      sign: async (bytes) => {
        const { signature } = await inTurn(() => askNow({ ...question, bytes }));
        if (signature === null) throw new Error('the token signed nothing');
        return signature;
      },
    };
  };
};
