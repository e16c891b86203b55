/**
 * Let the rows of a chart be reached and chosen by keyboard: Tab comes to one of them, the arrow keys go on from there,
 * Enter does what a click does. The charts are SVG, where nothing of this comes by itself. Call it after each drawing:
 * `rows` are those that are there now, `names` what is read aloud.
 */
export function rowKeys(rows: readonly SVGGElement[], names: readonly string[]): void {
  const stop = rows.find((row) => row.tabIndex === 0) ?? rows[0];
  rows.forEach((row, i) => {
    row.tabIndex = row === stop ? 0 : -1;
    row.setAttribute('role', 'button');
    row.setAttribute('aria-label', names[i] ?? '');
    row.onkeydown = (event) => {
      const next = { ArrowDown: rows[i + 1], ArrowUp: rows[i - 1], Home: rows[0], End: rows[rows.length - 1] }[
        event.key
      ];
      if (next) {
        row.tabIndex = -1;
        next.tabIndex = 0;
        next.focus();
      } else if (event.key === 'Enter' || event.key === ' ') {
        row.dispatchEvent(new MouseEvent('click', { bubbles: true }));
      } else {
        return;
      }
      event.preventDefault();
      event.stopPropagation();
    };
  });
}
