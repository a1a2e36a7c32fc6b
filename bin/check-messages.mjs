// Texts that nothing asks for: a key of the source catalogue whose name stands nowhere in the code. Keys that another
// language lacks are found by the types. A key is also in use where a value of that name chooses it (a state, a reason,
// an error code), so a name counts wherever it stands as a word or inside quotes.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const CODE = ['src/**/*.{ts,tsx}', 'dev/**/*.{ts,tsx}', 'config/*/*.yaml'];

/** The leaf and branch names of a catalogue, each once. */
const namesIn = (texts, found = new Set()) => {
  for (const [name, value] of Object.entries(texts)) {
    found.add(name);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) namesIn(value, found);
  }
  return found;
};

/** Prints the names that nothing mentions; true when there is one. */
export const checkMessages = async (root) => {
  const { ja } = await import(join(root, 'messages/ja.ts'));
  const files = CODE.flatMap((pattern) => globSync(pattern, { cwd: root }));
  const words = new Set();
  for (const file of files) {
    const text = readFileSync(join(root, file), 'utf8');
    for (const [word] of text.matchAll(/[\w-]+/g)) words.add(word);
  }
  const unused = [...namesIn(ja)].filter((name) => !words.has(name));
  console.log(`${unused.length === 0 ? 'ok  ' : 'FAIL'} every text is used`);
  for (const name of unused) console.log(`     messages: nothing asks for "${name}"`);
  return unused.length > 0;
};
