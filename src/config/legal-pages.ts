import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import type { LegalPage, LegalPageName } from '#domain/university/university.ts';
import { LEGAL_PAGES } from '#domain/university/university.ts';
import type { Mistakes } from './read-yaml.ts';

const headSchema = z.strictObject({ title: z.string().min(1), version: z.string().min(1) });

const readPage = async (folder: string, file: string, mistakes: Mistakes) => {
  const text = await readFile(join(folder, file), 'utf8').catch(() => '');
  const [, head, markdown] = /^---\n(.*?)\n---\n(.+)$/s.exec(text) ?? [];
  const parsed = headSchema.safeParse(head === undefined ? null : parse(head, { schema: 'failsafe' }));
  if (parsed.success && markdown !== undefined) return { ...parsed.data, markdown };
  mistakes.push(`${file}:1: must begin with title and version between two lines of ---, then the text`);
  return { title: '', version: '', markdown: '' };
};

/** The legal pages, which must be of the same version in both languages: consent is recorded to the version. */
export const readLegalPages = async (
  folder: string,
  mistakes: Mistakes,
): Promise<Record<LegalPageName, LegalPage>> => {
  const read = async (name: LegalPageName): Promise<[LegalPageName, LegalPage]> => {
    const ja = await readPage(folder, `legal/ja/${name}.md`, mistakes);
    const en = await readPage(folder, `legal/en/${name}.md`, mistakes);
    if (ja.version !== en.version) {
      mistakes.push(`legal/en/${name}.md:1: version ${en.version} differs from the Japanese ${ja.version}`);
    }
    const { version } = ja;
    const title = { ja: ja.title, en: en.title };
    return [name, { version, title, markdown: { ja: ja.markdown, en: en.markdown } }];
  };
  return Object.fromEntries(await Promise.all(LEGAL_PAGES.map(read))) as Record<LegalPageName, LegalPage>;
};
