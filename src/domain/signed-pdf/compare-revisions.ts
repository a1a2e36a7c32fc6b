import type { PDF, PdfObject } from '@libpdf/core';
import {
  PdfArray,
  PdfBool,
  PdfDict,
  PdfName,
  PdfNull,
  PdfNumber,
  PdfRef,
  PdfStream,
  PdfString,
} from '@libpdf/core';
import { sameBytes } from '../bytes.ts';

/** What DSS and document timestamps bring into a catalog (ETSI EN 319 142-1 §5.4.2); never drawn. */
const ADDED = ['DSS', 'Extensions'];

type Side = (object: PdfObject | undefined) => PdfObject | undefined;
const sideOf =
  (document: PDF): Side =>
  (object) =>
    object instanceof PdfRef ? (document.getObject(object) ?? undefined) : object;

const keysOf = (dictionary: PdfDict, except: readonly string[]): string[] =>
  [...dictionary].map(([key]) => key.value).filter((key) => !except.includes(key));

/** Compares what two documents say, reference by reference, each pair once. */
const comparer = (before: Side, after: Side) => {
  const met = new Set<string>();
  const sameDictionary = (a: PdfDict, b: PdfDict, except: readonly string[] = []): boolean => {
    const keys = keysOf(a, except);
    if (keys.length !== keysOf(b, except).length) return false;
    return keys.every((key) => same(a.get(key), b.get(key)));
  };
  const same = (a: PdfObject | undefined, b: PdfObject | undefined): boolean => {
    if (a instanceof PdfRef && b instanceof PdfRef) {
      const pair = `${a.objectNumber} ${a.generation} ${b.objectNumber} ${b.generation}`;
      if (met.has(pair)) return true;
      met.add(pair);
    }
    const left = before(a);
    const right = after(b);
    if (left === undefined || left instanceof PdfNull) return right === undefined || right instanceof PdfNull;
    if (left instanceof PdfStream)
      return right instanceof PdfStream && sameDictionary(left, right) && sameBytes(left.data, right.data);
    if (left instanceof PdfDict)
      return right instanceof PdfDict && !(right instanceof PdfStream) && sameDictionary(left, right);
    if (left instanceof PdfArray)
      return (
        right instanceof PdfArray &&
        left.length === right.length &&
        [...left].every((item, index) => same(item, right.at(index)))
      );
    if (left instanceof PdfString) return right instanceof PdfString && sameBytes(left.bytes, right.bytes);
    if (left instanceof PdfName) return right instanceof PdfName && left.value === right.value;
    if (left instanceof PdfNumber) return right instanceof PdfNumber && left.value === right.value;
    return left instanceof PdfBool && right instanceof PdfBool && left.value === right.value;
  };
  return { same, sameDictionary };
};

/** An invisible field that holds a document timestamp and nothing else. */
const isTimestampField = (field: PdfObject | undefined, side: Side): boolean => {
  if (!(field instanceof PdfDict)) return false;
  const name = (value: PdfObject | undefined) => (value instanceof PdfName ? value.value : undefined);
  const value = side(field.get('V'));
  const rectangle = side(field.get('Rect'));
  const flat =
    rectangle instanceof PdfArray &&
    [...rectangle].every((number) => number instanceof PdfNumber && number.value === 0);
  const drawn = ['AP', 'A', 'AA', 'Kids'].some((key) => field.get(key) !== undefined);
  return (
    name(field.get('FT')) === 'Sig' &&
    value instanceof PdfDict &&
    name(value.get('Type')) === 'DocTimeStamp' &&
    flat &&
    !drawn
  );
};

/**
 * Whether `after`, a document grown out of `before` by incremental updates, still says exactly the same but for a
 * document security store and document timestamps. Everything reachable from the catalog is compared, streams byte by
 * byte: what no reference reaches is not shown by any reader.
 */
export const onlyValidationDataFollows = (before: PDF, after: PDF): boolean => {
  const left = sideOf(before);
  const right = sideOf(after);
  const { same, sameDictionary } = comparer(left, right);
  const formBefore = left(before.getCatalog().get('AcroForm'));
  const formAfter = right(after.getCatalog().get('AcroForm'));
  if (!(formBefore instanceof PdfDict) || !(formAfter instanceof PdfDict)) return false;
  const fieldsBefore = left(formBefore.get('Fields'));
  const fieldsAfter = right(formAfter.get('Fields'));
  if (!(fieldsBefore instanceof PdfArray) || !(fieldsAfter instanceof PdfArray)) return false;
  const signed = [...fieldsBefore];
  const added = [...fieldsAfter].slice(signed.length);
  return (
    sameDictionary(before.getCatalog(), after.getCatalog(), [...ADDED, 'AcroForm']) &&
    sameDictionary(formBefore, formAfter, ['Fields']) &&
    signed.every((field, index) => same(field, fieldsAfter.at(index))) &&
    added.every((field) => isTimestampField(right(field), right))
  );
};
