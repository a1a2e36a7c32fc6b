import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { z } from 'zod';
import { createCopierGateway } from '#features/printing/index.ts';
import type { CopierCall, Lease, Offer } from '#test/support/copier-gateway.ts';
import { sha256, withCopiers } from '#test/support/copier-gateway.ts';
import { PROBLEMS } from './problem.ts';

type Schema = Parameters<typeof z.fromJSONSchema>[0];
type Operation = {
  readonly requestBody?: { readonly content: { 'application/json': { schema: { $ref: string } } } };
  readonly responses: Readonly<Record<string, { content?: Record<string, { schema?: { $ref: string } }> }>>;
};
type Description = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
};

const DOCS = resolve(import.meta.dirname, '../../../../docs');
const page = readFileSync(join(DOCS, 'copier-gateway.md'), 'utf8');
const openApi = JSON.parse(readFileSync(join(DOCS, 'copier-gateway.openapi.json'), 'utf8')) as Description;

const schemaOf = ({ $ref }: { $ref: string }): z.ZodType =>
  z.fromJSONSchema(openApi.components.schemas[$ref.split('/').at(-1) ?? ''] as Schema);

const operationOf = (method: string, path: string): Operation => {
  for (const [template, operations] of Object.entries(openApi.paths)) {
    if (!new RegExp(`^${template.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path)) continue;
    const operation = operations[method.toLowerCase()];
    if (operation !== undefined) return operation;
  }
  throw new Error(`${method} ${path} is not documented`);
};

/** Holds every request that succeeds and every answer against the description. */
const checked =
  (call: CopierCall): CopierCall =>
  async (method, path, json, sent) => {
    const operation = operationOf(method, path);
    const response = await call(method, path, json, sent);
    const answer = operation.responses[String(response.status)];
    assert.ok(answer, `${method} ${path}: ${response.status} is not documented`);
    const body = operation.requestBody?.content['application/json'].schema;
    if (response.ok && body !== undefined) schemaOf(body).parse(json);
    const type = (response.headers.get('content-type') ?? '').split(';')[0] ?? '';
    if (type === '') return response;
    const content = answer.content?.[type];
    assert.ok(content, `${method} ${path}: ${response.status} as ${type} is not documented`);
    if (content.schema !== undefined) schemaOf(content.schema).parse(await response.clone().json());
    return response;
  };

const blocks = (kind: string): string[] =>
  [...page.matchAll(new RegExp(`^\`\`\`${kind}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(([, text = '']) => text);

test('the description names the routes of the gateway, and each problem', () =>
  withCopiers(async ({ dependencies }) => {
    const routes = createCopierGateway(dependencies).routes.map(
      ({ method, path }) => `${method} ${path.replace('/copier/v1', '').replaceAll(/:(\w+)/g, '{}')}`,
    );
    const documented = Object.entries(openApi.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{\w+\}/g, '{}')}`),
    );
    assert.deepEqual([...routes].sort(), documented.sort());
    const problems = openApi.components.schemas['Problem'] as { properties: { type: { enum: string[] } } };
    const names = Object.keys(PROBLEMS).map((name) => `urn:akashi:copier:${name}`);
    assert.deepEqual(problems.properties.type.enum.toSorted(), names.sort());
    for (const [name, [status]] of Object.entries(PROBLEMS))
      assert.match(page, new RegExp(`^\\| ${name} \\| ${status} \\|`, 'm'));
  }));

test('real answers, good and bad, have the form described', () =>
  withCopiers(async ({ call: plain, clock, addOrder }) => {
    const call = checked(plain);
    const { ticket } = await addOrder(2);
    const offer = (await (await call('POST', '/lookups', { ...ticket, device: 'd' })).json()) as Offer;
    const nobody = { printNumber: '000000000000', pin: '0000', device: 'n' };
    for (let miss = 0; miss < 6; miss += 1) await call('POST', '/lookups', nobody);
    await call('POST', '/lookups', {});
    await call('POST', '/lookups', nobody, { headers: { 'copier-signature': '' } });
    const claimed = await call('POST', '/claims', { claimToken: offer.claimToken, device: 'd' });
    const { claim, fence } = (await claimed.json()) as Lease;
    await call('POST', '/claims', { claimToken: offer.claimToken, device: 'd' });
    await call('POST', '/claims', { claimToken: 'x', device: 'd' });
    for (const range of ['bytes=0-3', 'bytes=9999999-', ''])
      await call('GET', `/claims/${claim}/documents/1`, undefined, {
        headers: range === '' ? {} : { range },
      });
    await call('POST', `/claims/${claim}/pages`, { fence, pages: 1 });
    await call('POST', `/claims/${claim}/pages`, { fence: fence + 1, pages: 1 });
    const impressions = [{ document: 1, result: 'completed', pages: 1 }];
    await call('POST', `/claims/${claim}/outcome`, { fence: fence + 1, impressions });
    await call('POST', `/claims/${claim}/outcome`, { fence, impressions });
    await call('POST', `/claims/${claim}/outcome`, { fence, impressions: [] });
    clock.advance({ minutes: 5 });
    await call('GET', `/claims/${claim}/documents/1`);
    await call('GET', '/claims/not-a-uuid/documents/1');
  }));

test('the examples of the page run as they stand there', () =>
  withCopiers(async ({ call: plain, addOrder }) => {
    const call = checked(plain);
    const { ticket } = await addOrder();
    const known = new Map([
      ['print number', ticket.printNumber],
      ['PIN', ticket.pin],
    ]);
    const examples = blocks('http example');
    assert.ok(examples.length >= 6);
    for (const example of examples) {
      const filled = example.replaceAll(/<([a-z A-Z]+)>/g, (_whole, name: string) => known.get(name) ?? '?');
      const [request = '', expected = ''] = filled.split('\n\n');
      const [, method = '', path = '', body = ''] = /^(\w+) (\S+)\n?([\s\S]*)$/.exec(request) ?? [];
      const [, status = '', answer = ''] = /^(\d+)\n?([\s\S]*)$/.exec(expected) ?? [];
      const response = await call(method, path, body === '' ? undefined : JSON.parse(body));
      assert.equal(response.status, Number(status), example);
      if (answer.trim() === '') continue;
      const real = (await response.json()) as Record<string, unknown>;
      const written = JSON.parse(answer) as Record<string, unknown>;
      assert.deepEqual(Object.keys(real), Object.keys(written), example);
      for (const [name, value] of Object.entries(written))
        if (typeof value === 'number') assert.equal(real[name], value, example);
      if ('claimToken' in real) known.set('claim token', String(real['claimToken']));
      if ('claim' in real) known.set('claim', String(real['claim']));
    }
  }));

test('the signature of the page is right', () => {
  const secret = /With the secret `([^`]+)`/.exec(page)?.[1] ?? '';
  const [request = ''] = blocks('http signed');
  const [text = ''] = blocks('text signed');
  const body = request.trimEnd().split('\n\n')[1] ?? '';
  assert.equal(text.trimEnd().split('\n').at(-1), sha256(body));
  const signature = createHmac('sha256', secret).update(text.trimEnd()).digest('hex');
  assert.equal(/Copier-Signature: (\w+)/.exec(request)?.[1], signature);
});
