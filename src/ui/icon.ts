export const ICON_PATH = '/icon.svg';

/** The mark as a picture of its own, drawn without a font: a vermilion square seal with 証. */
export const ICON_SVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48"><rect width="48" height="48" rx="7" fill="#c8321e"/><g fill="none" stroke="#fff" stroke-width="2.6" stroke-linecap="square"><path d="M11 9v3M6 15h11M8 20h7M8 25h7M8 30h7v8H8z"/><path d="M21 12h21M31.500 12v26M31.500 23h9M24 21v17M19 38h24"/></g></svg>`;
