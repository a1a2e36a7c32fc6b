// Lets Node run .tsx: types are stripped and JSX becomes Preact calls. Node strips plain .ts by itself.
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { transformSync } from 'oxc-transform';

registerHooks({
  load(url, context, next) {
    if (!url.endsWith('.tsx')) return next(url, context);
    const file = fileURLToPath(url);
    const result = transformSync(file, readFileSync(file, 'utf8'), {
      lang: 'tsx',
      jsx: { runtime: 'automatic', importSource: 'preact', development: false },
      sourcemap: false,
    });
    if (result.errors.length > 0) throw new SyntaxError(`${file}: ${result.errors[0].message}`);
    return { format: 'module', source: result.code, shortCircuit: true };
  },
});
