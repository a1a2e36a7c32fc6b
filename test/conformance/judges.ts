import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { PDF } from '@libpdf/core';
import { listSignedRanges } from '#domain/signed-pdf/revisions.ts';
import { firstValue } from '#domain/signed-pdf/signed-data.ts';
import type { Judgement } from './peers.ts';
import { javaPeer, judgementsOf, outputOf, pythonPeer } from './peers.ts';

/** A file to be judged. `stage` says how far it is: typeset, signed B-B, or extended to B-LTA. */
export type Case = {
  readonly name: string;
  readonly stage: 'typeset' | 'signed' | 'archived' | 'forged';
  readonly file: string;
  readonly pages: number;
};

/** The roots that outside tools are told to trust, each as DER and PEM files. */
export type Roots = { readonly der: readonly string[]; readonly pem: string };

/** What a tool said of a file in a few words, and whether an honest file may be judged so. */
export type Opinion = { readonly words: string; readonly accepts: boolean };

/** Opinions by file; null when the tool could not be reached. */
export type Judge = {
  readonly name: string;
  /** The stages of honest files that the tool is asked about. */
  readonly stages: readonly Case['stage'][];
  readonly judge: (cases: readonly Case[], roots: Roots) => Promise<Map<string, Opinion> | null>;
};

const PEERS = resolve(import.meta.dirname, '../peers');

/** Asks a tool that judges one file a run. */
const eachFile = async (
  cases: readonly Case[],
  judge: (one: Case) => Promise<Opinion | null>,
): Promise<Map<string, Opinion> | null> => {
  const opinions = new Map<string, Opinion>();
  for (const one of cases) {
    const opinion = await judge(one);
    if (opinion === null) return null;
    opinions.set(one.file, opinion);
  }
  return opinions;
};

const verapdf: Judge = {
  name: 'veraPDF (PDF/A-3a and PDF/UA-1)',
  stages: ['typeset', 'signed', 'archived'],
  judge: async (cases) => {
    const jars = await javaPeer('verapdf');
    if (jars === null) return null;
    const words = ['-cp', jars, 'org.verapdf.apps.GreenfieldCliWrapper', '--format', 'text', '-v'];
    const output = await outputOf('java', [...words, ...cases.map(({ file }) => file)]);
    const lines = output?.stdout.split('\n') ?? [];
    const opinions = cases.map(({ file }): [string, Opinion] => {
      const passed = ['3a', 'ua1'].filter((flavour) => lines.includes(`PASS ${file} ${flavour}`));
      return [file, { words: passed.join(' + ') || 'neither', accepts: passed.length === 2 }];
    });
    return new Map(opinions);
  },
};

/** Both of these judge all files in one process, with one line of JSON each. */
const opinionsOf = (
  cases: readonly Case[],
  judgements: ReadonlyMap<string, Judgement>,
  accepts: (judgement: Judgement, stage: Case['stage']) => boolean,
): Map<string, Opinion> =>
  new Map(
    cases.map(({ file, stage }): [string, Opinion] => {
      const judgement = judgements.get(file);
      if (judgement === undefined) return [file, { words: 'said nothing', accepts: false }];
      const { indication, subIndication, level, objectsChanged, changes } = judgement;
      const details = [level, subIndication, objectsChanged ? 'objects changed' : '', changes].filter(
        (word) => word !== undefined && !['', 'null', 'OK', 'NONE', 'LTA_UPDATES'].includes(word),
      );
      return [file, { words: [indication, ...details].join(', '), accepts: accepts(judgement, stage) }];
    }),
  );

const dss: Judge = {
  name: 'EU DSS 6.4',
  stages: ['archived'],
  judge: async (cases, roots) => {
    const jars = await javaPeer('dss');
    if (jars === null) return null;
    const words = ['-cp', jars, resolve(PEERS, 'dss/Validate.java'), ...roots.der, '--'];
    const output = await outputOf('java', [...words, ...cases.map(({ file }) => file)]);
    if (output === null) return null;
    return opinionsOf(
      cases,
      judgementsOf(output),
      ({ indication, level }) => indication === 'TOTAL_PASSED' && level === 'PAdES-BASELINE-LTA',
    );
  },
};

const pyhanko: Judge = {
  name: 'pyHanko 0.38',
  stages: ['signed', 'archived'],
  judge: async (cases, roots) => {
    const python = await pythonPeer();
    if (python === null) return null;
    const words = [resolve(PEERS, 'pyhanko/validate.py'), ...roots.der, '--'];
    const output = await outputOf(python, [...words, ...cases.map(({ file }) => file)]);
    if (output === null) return null;
    return opinionsOf(
      cases,
      judgementsOf(output),
      ({ indication, level }, stage) =>
        indication === 'PASSED' && level === (stage === 'archived' ? 'AdES-LTA' : 'AdES-B'),
    );
  },
};

const pdfsig: Judge = {
  name: 'pdfsig',
  stages: ['signed', 'archived'],
  judge: (cases) =>
    eachFile(cases, async ({ file, stage }) => {
      const output = await outputOf('pdfsig', [file]);
      if (output === null) return null;
      const words = /Signature Validation: (.*)\./.exec(output.stdout)?.[1] ?? 'no signature';
      const total = /Total document signed/.test(output.stdout);
      // It cannot judge document timestamps, so of an archived file it is asked about the signature only.
      const accepts = words === 'Signature is Valid' && (total || stage === 'archived');
      return { words: `${words}${total ? ', total document signed' : ''}`, accepts };
    }),
};

/** What qpdf 11 warns of about one stream in hundreds that other readers of zlib find whole. */
const FALSE_ALARM = /input stream is complete but output may still be valid/;

/** Whether `qpdf --check` found nothing (exit code 0), or nothing (3) but its own false alarm. */
const hasNoFault = ({ code, stderr }: { code: number; stderr: string }): boolean =>
  code === 0 ||
  (code === 3 &&
    stderr
      .split('\n')
      .filter((line) => line.startsWith('WARNING'))
      .every((line) => FALSE_ALARM.test(line)));

const qpdf: Judge = {
  name: 'qpdf --check',
  stages: ['typeset', 'signed', 'archived'],
  judge: (cases) =>
    eachFile(cases, async ({ file }) => {
      const output = await outputOf('qpdf', ['--check', file]);
      if (output === null) return null;
      const accepts = hasNoFault(output);
      return { words: accepts ? 'no errors' : 'errors', accepts };
    }),
};

/** The signatures and timestamps of a file, each as a CMS and the bytes it covers; none when it cannot be read. */
const partsOf = async (file: string): Promise<{ kind: string; cms: string; covered: string }[]> => {
  const bytes = new Uint8Array(readFileSync(file));
  const ranges = listSignedRanges(await PDF.load(bytes), bytes);
  return ranges.map(({ kind, contents, covered }, index) => {
    const name = `${file}.${index}`;
    writeFileSync(`${name}.cms`, firstValue(contents));
    writeFileSync(`${name}.covered`, covered);
    return { kind, cms: `${name}.cms`, covered: `${name}.covered` };
  });
};

const openssl: Judge = {
  name: 'openssl cms, openssl ts',
  stages: ['signed', 'archived'],
  judge: (cases, { pem }) =>
    eachFile(cases, async ({ file }) => {
      const failed: string[] = [];
      const parts = await partsOf(file).catch(() => []);
      for (const { kind, cms, covered } of parts) {
        const words =
          kind === 'signature'
            ? [
                'cms',
                '-verify',
                '-binary',
                '-inform',
                'DER',
                '-in',
                cms,
                '-content',
                covered,
                '-purpose',
                'any',
                '-out',
                '/dev/null',
              ]
            : ['ts', '-verify', '-token_in', '-in', cms, '-data', covered];
        const output = await outputOf('openssl', [...words, '-CAfile', pem]);
        if (output === null) return null;
        if (output.code !== 0) failed.push(kind);
      }
      if (parts.length === 0) return { words: 'no signature', accepts: false };
      const words = failed.length === 0 ? 'verified' : `fails: ${[...new Set(failed)].join(' and ')}`;
      return { words, accepts: failed.length === 0 };
    }),
};

const zbarimg: Judge = {
  name: 'zbarimg (pages drawn by pdftoppm)',
  stages: ['signed'],
  judge: (cases) =>
    eachFile(cases, async ({ file, pages }) => {
      const drawn = await outputOf('pdftoppm', ['-r', '200', '-gray', '-png', file, file]);
      if (drawn === null) return null;
      let read = 0;
      for (let page = 1; page <= pages; page += 1) {
        const image = `${file}-${String(page).padStart(String(pages).length, '0')}.png`;
        const output = await outputOf('zbarimg', ['-q', '--raw', image]);
        if (output === null) return null;
        if (/^https:\/\/.*\/verify#1\d+$/m.test(output.stdout)) read += 1;
      }
      return { words: `${read} of ${pages} pages read`, accepts: read === pages };
    }),
};

/** Every outside tool there is. Each JVM and each Python is started once for all files. */
export const JUDGES: readonly Judge[] = [verapdf, dss, pyhanko, pdfsig, qpdf, openssl, zbarimg];
/** Those that are asked about forgeries as well. */
export const JUDGES_OF_FORGERIES: readonly Judge[] = [dss, pyhanko, pdfsig, openssl];
