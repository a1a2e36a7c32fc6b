const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

const PATIENCE_MILLISECONDS = 60_000;

type ElementReference = { readonly [ELEMENT]: string };

/** A session of W3C WebDriver; section numbers are those of https://www.w3.org/TR/webdriver2/. */
export type WebDriver = {
  /** Sends a command; the answer's `value`. Throws the driver's error and message. */
  readonly command: <Value = null>(
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    body?: object,
  ) => Promise<Value>;
  /** The value of a JavaScript expression in the page, or what its promise becomes (13.2.1). */
  readonly evaluate: <Value>(expression: string) => Promise<Value>;
  /** The path of the element that an expression yields; throws where it yields none. */
  readonly element: (expression: string) => Promise<string>;
};

const send = async <Value>(url: string, method: string, body?: object): Promise<Value> => {
  const headers = { 'content-type': 'application/json' };
  const signal = AbortSignal.timeout(PATIENCE_MILLISECONDS);
  const answer = await fetch(url, { method, headers, signal, ...(body && { body: JSON.stringify(body) }) });
  const { value } = (await answer.json()) as { value: Value & { error?: string; message?: string } };
  if (!answer.ok) throw new Error(`WebDriver ${new URL(url).pathname}: ${value.error} ${value.message}`);
  return value;
};

/** Opens a session (8.1) at the driver of that address. */
export const openWebDriver = async (address: string, alwaysMatch: object): Promise<WebDriver> => {
  const body = { capabilities: { alwaysMatch } };
  const { sessionId } = await send<{ sessionId: string }>(`${address}/session`, 'POST', body);
  const command: WebDriver['command'] = (method, path, given) =>
    send(`${address}/session/${sessionId}${path}`, method, method === 'POST' ? (given ?? {}) : undefined);
  const evaluate: WebDriver['evaluate'] = async (expression) => {
    const script = `
      const done = arguments[arguments.length - 1];
      (async () => (${expression}\n))().then((value) => done({ value }), (error) => done({ error: String(error) }));`;
    const settled = await command<{ value?: never; error?: string }>('POST', '/execute/async', {
      script,
      args: [],
    });
    if (settled.error !== undefined) throw new Error(settled.error);
    return settled.value as never;
  };
  return {
    command,
    evaluate,
    element: async (expression) => {
      const script = `return ${expression};`;
      const found = await command<ElementReference | null>('POST', '/execute/sync', { script, args: [] });
      if (found === null) throw new Error(`no ${expression}`);
      return `/element/${found[ELEMENT]}`;
    },
  };
};
