/** Delimiter tags that begin a group, and the one that ends them all (RFC 8010 §3.5.1). */
export const GROUP = { operation: 0x01, job: 0x02, printer: 0x04, unsupported: 0x05 } as const;
export const END_OF_ATTRIBUTES = 0x03;
export type GroupName = keyof typeof GROUP;

/** Value tags (RFC 8010 §3.5.2) by the name of their syntax. */
export const TAG = {
  unsupported: 0x10,
  unknown: 0x12,
  'no-value': 0x13,
  integer: 0x21,
  boolean: 0x22,
  enum: 0x23,
  octetString: 0x30,
  dateTime: 0x31,
  resolution: 0x32,
  rangeOfInteger: 0x33,
  begCollection: 0x34,
  textWithLanguage: 0x35,
  nameWithLanguage: 0x36,
  endCollection: 0x37,
  textWithoutLanguage: 0x41,
  nameWithoutLanguage: 0x42,
  keyword: 0x44,
  uri: 0x45,
  uriScheme: 0x46,
  charset: 0x47,
  naturalLanguage: 0x48,
  mimeMediaType: 0x49,
  memberAttrName: 0x4a,
} as const;
export type Syntax = keyof typeof TAG;

/** Operations (RFC 8011 §5.4.15). */
export const OPERATION = {
  'print-job': 0x0002,
  'cancel-job': 0x0008,
  'get-job-attributes': 0x0009,
  'get-jobs': 0x000a,
  'get-printer-attributes': 0x000b,
} as const;

/** Status codes that we tell apart or answer (RFC 8011, Appendix B). */
export const STATUS = {
  ok: 0x0000,
  'bad-request': 0x0400,
  'not-possible': 0x0404,
  'not-found': 0x0406,
  'attributes-or-values-not-supported': 0x040b,
  'document-format-not-supported': 0x040a,
  'operation-not-supported': 0x0501,
  'service-unavailable': 0x0502,
  'device-error': 0x0504,
  'temporary-error': 0x0505,
  'not-accepting-jobs': 0x0506,
  busy: 0x0507,
} as const;

/** `job-state` (RFC 8011 §5.3.7). */
export const JOB_STATE = {
  pending: 3,
  held: 4,
  processing: 5,
  stopped: 6,
  canceled: 7,
  aborted: 8,
  completed: 9,
} as const;
