/** SVG has no ellipsis of its own: at 11 px a letter is about 6.2 wide. */
export function clip(text: string, width: number): string {
  const letters = Math.max(3, Math.floor(width / 6.2));
  return text.length > letters ? `${text.slice(0, letters - 1)}…` : text;
}
