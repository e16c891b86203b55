/**
 * The average width of a letter of a sans-serif font at 12 px, by which text is cut: nothing measures it outside a
 * browser.
 */
const LETTER = 6.6;

/** Text for an SVG that fits a width, safe in XML. Control characters, which XML forbids, are left out. */
export function svgText(text: string, width: number): string {
  const fitting = Math.max(4, Math.floor(width / LETTER));
  const letters = [...text.slice(0, fitting * 2)].filter((letter) => !/\p{C}/u.test(letter));
  return escapeXml((letters.length > fitting ? [...letters.slice(0, fitting - 1), '…'] : letters).join(''));
}

/** Text as content or attribute of XML. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
}
