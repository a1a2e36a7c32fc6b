export type CsvRow = { readonly line: number; readonly cells: readonly string[] };

/**
 * Splits CSV (RFC 4180; CRLF or LF, quoted cells may hold commas, quotes and line ends) into rows with the line each
 * begins on. A byte order mark and empty lines are passed over. Throws with the line of a quote that never closes.
 */
export const parseCsv = (text: string): CsvRow[] => {
  const rows: CsvRow[] = [];
  const end = text.length;
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  let line = 1;
  while (at < end) {
    const start = line;
    const cells: string[] = [];
    for (;;) {
      if (text[at] === '"') {
        const cell = readQuoted(text, at, line);
        cells.push(cell.value);
        line += cell.lineEnds;
        at = cell.next;
      } else {
        const from = at;
        while (at < end && text[at] !== ',' && text[at] !== '\n') at += 1;
        cells.push(
          text.slice(from, text[at] === '\n' && text[at - 1] === '\r' ? Math.max(from, at - 1) : at),
        );
      }
      if (text[at] === '\r') at += 1;
      if (text[at] !== ',') break;
      at += 1;
    }
    if (at < end && text[at] !== '\n') throw new Error(`${line}: text after a closing quote`);
    at += 1;
    line += 1;
    if (cells.length > 1 || cells[0] !== '') rows.push({ line: start, cells });
  }
  return rows;
};

const readQuoted = (text: string, from: number, line: number) => {
  let at = from + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote === -1) throw new Error(`${line}: a quote that never closes`);
    if (text[quote + 1] !== '"') {
      const raw = text.slice(from + 1, quote);
      return { value: raw.replaceAll('""', '"'), lineEnds: raw.split('\n').length - 1, next: quote + 1 };
    }
    at = quote + 2;
  }
};
