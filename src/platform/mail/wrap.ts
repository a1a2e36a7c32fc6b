/** RFC 3676 §4.1: lines of 78 at most; 76 leaves room for a quotation mark when somebody answers. */
const COLUMNS = 76;

/** What fixed-width programs show two columns wide: kana, han, hangul, full-width signs. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]/u;

/** None for a mark upon another character, such as a variation selector. */
const widthOf = (character: string): number => {
  if (/\p{M}/u.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
};

export const columnsOf = (text: string): number =>
  [...text].reduce((columns, character) => columns + widthOf(character), 0);

/** Must not begin a line in Japanese (JIS X 4051): closing marks and small kana. */
const NOT_FIRST = /^[、。，．・：；？！」』）］｝〉》】ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ,.)\]!?]/;

/** Must not end a line: opening marks. */
const NOT_LAST = /[「『（［｛〈《【([]$/;

/** Where a line may end: after a space, and between any two characters of Japanese or Chinese. */
const piecesOf = (line: string): string[] => {
  const pieces: string[] = [];
  for (const word of line.split(/(?<= )/)) {
    for (const piece of word.match(/[\u0021-\u024f\uac00-\ud7a3]+ ?|.\p{M}*/gsu) ?? []) {
      const last = pieces.at(-1);
      const joined = NOT_FIRST.test(piece) || (last !== undefined && NOT_LAST.test(last));
      if (last !== undefined && joined && !last.endsWith(' ')) pieces[pieces.length - 1] += piece;
      else pieces.push(piece);
    }
  }
  return pieces;
};

/** Breaks lines at 76 columns; a URL stays whole, however long. */
export const wrap = (text: string): string =>
  text
    .split('\n')
    .map((line) => {
      if (columnsOf(line) <= COLUMNS || /^https?:\S+$/.test(line)) return line;
      const indent = /^ */.exec(line)?.[0] ?? '';
      const lines = [''];
      for (const piece of piecesOf(line)) {
        const current = lines.at(-1) ?? '';
        if (columnsOf((current + piece).trimEnd()) <= COLUMNS) lines[lines.length - 1] = current + piece;
        else lines.push(indent + piece);
      }
      return lines.map((each) => each.trimEnd()).join('\n');
    })
    .join('\n');
