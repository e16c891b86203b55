/** Cuts a text into pieces of at most `length` units, between characters: a pair of surrogates stays together. */
export function piecesOf(text: string, length: number): string[] {
  if (text.length <= length) return [text];
  const pieces: string[] = [];
  for (let start = 0; start < text.length;) {
    const end = start + length;
    const next = end < text.length && text.codePointAt(end - 1)! > 0xffff ? end - 1 : end;
    pieces.push(text.slice(start, next));
    start = next;
  }
  return pieces;
}
