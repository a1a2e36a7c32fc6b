import { escapeXml } from '#platform/xml/escape.ts';

const htmlOf = (paragraph: string): string => `<p>${escapeXml(paragraph).replaceAll('\n', '<br/>')}</p>`;

/** The plain and the HTML body of a short mail: these paragraphs, and beneath them the `link` where there is one. */
export const letterBodies = (
  paragraphs: readonly string[],
  link?: string,
): { readonly text: string; readonly html: string } => {
  const html = paragraphs.map(htmlOf).join('');
  if (link === undefined) return { text: `${paragraphs.join('\n\n')}\n`, html };
  const href = escapeXml(link);
  return {
    text: `${[...paragraphs, link].join('\n\n')}\n`,
    html: `${html}<p><a href="${href}">${href}</a></p>`,
  };
};
