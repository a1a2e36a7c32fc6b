// The arrows of the house: which floor may import which (docs/architecture.md). This finds arrows that point up, or into
// another feature's inside, and files that import each other in a circle, for types too.
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

const IMPORT = /(?:from|import)\s*\(?\s*'((?:\.|#)[^']+)'/g;
const ALIAS = /^#(platform|domain|features|ui|src)\//;

const target = (file, specifier) => {
  if (specifier.startsWith('.')) return normalize(join(dirname(file), specifier));
  if (specifier.startsWith('#src/')) return `src/${specifier.slice(5)}`;
  return ALIAS.test(specifier) ? `src/${specifier.slice(1)}` : specifier.slice(1);
};

const featureOf = (path) => /^src\/features\/([^/.]+)\//.exec(path)?.[1];
const within = (path, ...folders) => folders.some((folder) => path.startsWith(folder));

/** Why `from` may not import `to`, or undefined. Test files may reach test support and dev servers. */
const complaint = (from, to) => {
  const isTest = /\.test\.tsx?$/.test(from);
  if (within(from, 'src/') && !isTest && within(to, 'dev/', 'test/'))
    return 'production code imports dev/ or test/';
  if (isTest && within(to, 'test/', 'dev/', 'config/')) return undefined;
  if (within(from, 'auditor/'))
    return within(to, 'auditor/') ? undefined : 'the auditor trusts nobody else’s code';
  if (within(from, 'src/domain/'))
    return within(to, 'src/domain/') ? undefined : 'domain imports only domain';
  if (within(from, 'src/platform/')) {
    if (within(to, 'src/platform/') || to === 'src/domain/error.ts') return undefined;
    return 'platform imports only platform and domain/error.ts';
  }
  if (within(from, 'src/ui/')) {
    return within(to, 'src/ui/', 'src/domain/', 'src/platform/i18n/', 'messages/')
      ? undefined
      : 'ui imports too high';
  }
  if (within(from, 'src/client/')) {
    return within(
      to,
      'src/client/',
      'src/domain/',
      'src/ui/components/',
      'src/ui/reader-dates.ts',
      'messages/',
    )
      ? undefined
      : 'client imports only client, domain and components';
  }
  if (within(from, 'src/features/')) {
    if (within(to, 'src/domain/', 'src/platform/', 'src/ui/', 'messages/') || to === 'src/features/http.tsx')
      return undefined;
    const own = featureOf(from);
    const other = featureOf(to);
    if (other === undefined) return 'features import no floor above';
    return other === own || to === `src/features/${other}/index.ts` ? undefined : `the inside of ${other}`;
  }
  if (within(from, 'dev/') && within(to, 'src/features/') && !within(from, 'dev/start', 'dev/command')) {
    return 'dev servers know nothing of the features';
  }
  return undefined;
};

/** Files that lead back to themselves, each circle once; `graph` tells what a file imports. */
const circles = (graph) => {
  const found = [];
  const state = new Map();
  const visit = (file, path) => {
    if (state.get(file) === 'done') return;
    if (state.get(file) === 'open') {
      found.push([...path.slice(path.indexOf(file)), file]);
      return;
    }
    state.set(file, 'open');
    for (const next of graph.get(file) ?? []) visit(next, [...path, file]);
    state.set(file, 'done');
  };
  for (const file of graph.keys()) visit(file, []);
  return found;
};

/** Prints every forbidden import and every circle under `root`; true when there is one. */
export const checkImports = (root) => {
  let failed = false;
  const graph = new Map();
  for (const file of globSync(['{src,dev,auditor,messages,test}/**/*.{ts,tsx}'], { cwd: root })) {
    const imports = [...readFileSync(join(root, file), 'utf8').matchAll(IMPORT)];
    graph.set(
      file,
      imports.map(([, specifier]) => target(file, specifier)),
    );
    if (!within(file, 'src/', 'dev/', 'auditor/')) continue;
    for (const [, specifier] of imports) {
      const why = complaint(file, target(file, specifier));
      if (why === undefined) continue;
      console.log(`FAIL ${file} → ${specifier}: ${why}`);
      failed = true;
    }
  }
  for (const circle of circles(graph)) {
    console.log(`FAIL in a circle: ${circle.join(' → ')}`);
    failed = true;
  }
  if (!failed) console.log('ok   arrows point down');
  return failed;
};
