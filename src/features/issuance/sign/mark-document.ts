import { createHash } from 'node:crypto';
import type { PDF } from '@libpdf/core';
import { PdfBool, PdfDict, PdfStream } from '@libpdf/core';
import type { CertificateRecord } from '#domain/certificate/snapshot.ts';

const IDENTIFIER = '[A-Za-z0-9+/]{22}==';

const identifierOf = (...words: string[]): string =>
  createHash('sha256').update(words.join('\0')).digest().subarray(0, 16).toString('base64');

/**
 * Renames a typeset file after its record. Typst derives /ID from title and author, which all certificates of a kind
 * share; here the first half names the serial (the document) and the second the impression (the incarnation), in the
 * trailer and in XMP alike (ISO 32000-1 §14.4). Old and new are of one length, so no offset moves. Throws when the
 * typesetter no longer writes them as expected.
 */
export const identifyDocument = (
  typeset: Uint8Array,
  record: Pick<CertificateRecord, 'serial' | 'impression' | 'issuedAt'>,
): Uint8Array => {
  const text = Buffer.from(typeset).toString('latin1');
  const [, document, instance] =
    new RegExp(`/ID \\[\\((${IDENTIFIER})\\) \\((${IDENTIFIER})\\)\\]`).exec(text) ?? [];
  if (document === undefined || instance === undefined) throw new Error('typeset file without /ID');
  const renamed = text
    .replaceAll(document, identifierOf('document', record.serial))
    .replaceAll(instance, identifierOf('instance', record.serial, `${record.impression}`, record.issuedAt));
  return new Uint8Array(Buffer.from(renamed, 'latin1'));
};

/** ISO 19005-3 §6.6.2.3: a schema that PDF/A does not predefine is described in the file. */
const ACCESSIBILITY_SCHEMA = `<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema><pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI><pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category><pdfaProperty:description>The part of ISO 14289 to which the file conforms</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property></rdf:li>`;
const ACCESSIBILITY_PART = '<pdfuaid:part xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">1</pdfuaid:part>';

/**
 * Declares PDF/UA-1 (ISO 14289-1 §5) beside the PDF/A-3a that is already declared, and has viewers show the title
 * (§7.1). Whether it is true the typesetter has settled: it exports `ua-1` first, which throws when it is not.
 */
export const declareAccessible = (document: PDF): void => {
  const catalog = document.getCatalog();
  const reference = catalog.getRef('Metadata');
  const metadata = reference === undefined ? undefined : document.getObject(reference);
  if (!(metadata instanceof PdfStream)) throw new Error('typeset file without XMP');
  const text = new TextDecoder().decode(metadata.getDecodedData());
  const bag = '<pdfaExtension:schemas><rdf:Bag>';
  if (!text.includes(bag) || !text.includes('</rdf:Description>')) throw new Error('XMP of another form');
  const declared = text
    .replace(bag, `${bag}${ACCESSIBILITY_SCHEMA}`)
    .replace('</rdf:Description>', `${ACCESSIBILITY_PART}</rdf:Description>`);
  const changed = PdfStream.fromDict({}, new TextEncoder().encode(declared));
  for (const [key, value] of metadata)
    if (key.value !== 'Length' && key.value !== 'Filter') changed.set(key, value);
  catalog.set('Metadata', document.register(changed));
  const preferences = new PdfDict(catalog.getDict('ViewerPreferences') ?? []);
  preferences.set('DisplayDocTitle', PdfBool.TRUE);
  catalog.set('ViewerPreferences', preferences);
};
