/**
 * A part of a pipeline that reports to a monitor elsewhere: `report.mjs URL TOKEN FIRST [end | forever | FILE]
 * [DOCUMENT]`. Its result is the sum of ten numbers. With `forever` it goes on after that; with FILE it keeps its
 * thread until there is such a file. It saves its own DOCUMENT.
 */
import { existsSync } from 'node:fs';
import { Dataset, provenance } from 'stemma';
import { monitor } from 'stemma-monitor';

const [url, token, first, then = 'end', document] = process.argv.slice(2);
await monitor.connect(url, token);
/** @param {number} row */
const image = (row) => ({ data: new Float32Array(64).fill(row / 100), shape: [8, 8] });
const total = await Dataset.range(10, 'Rows')
  .map((row) => ({ image: image(row), row: row + Number(first) }), 'Draw')
  .reduce((sum, { row }) => ({ sum: sum.sum + row }), { sum: 0 }, 'Sum');
console.log(JSON.stringify(total));
if (document !== undefined) await provenance.save(document);
if (then === 'forever') setInterval(() => undefined, 1_000);
else if (then !== 'end') {
  const pause = new Int32Array(new SharedArrayBuffer(4));
  while (!existsSync(then)) Atomics.wait(pause, 0, 0, 10);
}
