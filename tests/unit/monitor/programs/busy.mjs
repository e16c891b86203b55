/**
 * A pipeline whose function keeps the thread until a file appears: `busy.mjs FILE`. Prints where the monitor listens.
 */
import { existsSync } from 'node:fs';
import { Dataset } from 'stemma';
import { monitor } from 'stemma-monitor';

const [file] = process.argv.slice(2);
const pause = new Int32Array(new SharedArrayBuffer(4));
const { url, token } = await monitor.start();
console.log(JSON.stringify({ url, token }));
const rows = Dataset.range(3, 'Rows').map((row) => {
  if (row === 0) {
    console.log('blocked');
    while (!existsSync(file)) Atomics.wait(pause, 0, 0, 10);
  }
  return row;
}, 'Keep the thread');
console.log(JSON.stringify(await rows.toArray()));
