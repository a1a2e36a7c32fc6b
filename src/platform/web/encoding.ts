export type Encoding = 'br' | 'gzip' | 'plain';

/** The encodings of RFC 9110 §12.5.3 that we make, best first; quality values are not weighed but for 0, a refusal. */
export const encodingFor = (header: string | undefined): Encoding => {
  const offered = (header ?? '').split(',').map((part) =>
    part
      .trim()
      .toLowerCase()
      .split(/\s*;\s*/),
  );
  const isOffered = (encoding: Encoding): boolean =>
    offered.some(([name, weight]) => name === encoding && !/^q=0(\.0*)?$/.test(weight ?? ''));
  return (['br', 'gzip'] as const).find(isOffered) ?? 'plain';
};
