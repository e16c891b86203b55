/** Widths of letters in ems, of a wide sans-serif font (DejaVu Sans): what fits by them fits in other fonts, too. */
const WIDTHS: readonly [letters: RegExp, em: number][] = [
  [/[iIjl|.,:;'!]/, 0.34],
  [/[frt()[\]\\/ "-]/, 0.42],
  [/[mMwW%@…—]/, 0.97],
  [/[csvxyzkLJFT?]/, 0.57],
  [/[A-Z&]/, 0.7],
  // Most scripts of East Asia, and pictures.
  [/[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uff60]|\p{Extended_Pictographic}/u, 1.1],
];
const OTHER = 0.62;

/**
 * About how wide a text is at a font size, both in pixels. Nothing is measured: a layout is computed without a page,
 * and in workers.
 */
export function textWidth(text: string, fontSize: number): number {
  let ems = 0;
  for (const letter of text) {
    ems += WIDTHS.find(([letters]) => letters.test(letter))?.[1] ?? OTHER;
  }
  return ems * fontSize;
}

/** The text, cut with an ellipsis where it is wider than that. */
export function cutToWidth(text: string, width: number, fontSize: number): string {
  if (textWidth(text, fontSize) <= width) {
    return text;
  }
  let cut = '';
  for (const letter of text) {
    if (textWidth(`${cut}${letter}…`, fontSize) > width) {
      break;
    }
    cut += letter;
  }
  return `${cut.trimEnd()}…`;
}
