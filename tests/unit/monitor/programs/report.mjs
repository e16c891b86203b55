/**
 * A part of a pipeline that reports to a monitor elsewhere: `report.mjs URL TOKEN FIRST [forever | FILE]`. Its result is the sum of ten numbers.
 * With `forever` it goes on after that; with FILE it keeps its thread until there is such a file.
 */
import { existsSync } from 'node:fs';
import { Dataset } from 'stemma';
import { monitor } from 'stemma-monitor';

const [url, token, first, then] = process.argv.slice(2);
await monitor.connect(url, token);
/** @param {number} row */
const image = (row) => ({ data: new Float32Array(64).fill(row / 100), shape: [8, 8] });
const total = await Dataset.range(10, 'Rows')
  .map((row) => ({ image: image(row), row: row + Number(first) }), 'Draw')
  .reduce((sum, { row }) => ({ sum: sum.sum + row }), { sum: 0 }, 'Sum');
console.log(JSON.stringify(total));
if (then === 'forever') setInterval(() => undefined, 1_000);
else if (then !== undefined) {
  const pause = new Int32Array(new SharedArrayBuffer(4));
  while (!existsSync(then)) Atomics.wait(pause, 0, 0, 10);
}
