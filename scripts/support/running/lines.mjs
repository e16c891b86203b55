/**
 * Takes text in any pieces and passes it on line by line; `end` passes on what is left.
 * @param {(line: string) => void} take
 */
export function linesOf(take) {
  let rest = '';
  return {
    write(/** @type {string} */ text) {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      lines.forEach(take);
    },
    end() {
      if (rest !== '') take(rest);
      rest = '';
    },
  };
}
