/** Ends by itself, as soon as its run, for which it waits until somebody follows (a line on stdin), has ended. */
import { once } from 'node:events';
import { Dataset } from 'stemma';
import { monitor } from 'stemma-monitor';

const { url, token } = await monitor.start();
console.log(JSON.stringify({ url, token }));
await once(process.stdin, 'data');
process.stdin.destroy();
await Dataset.range(300, 'Rows')
  .map((n) => new Promise((resolve) => setTimeout(() => resolve(n), 1)), { identifier: 'Slow', concurrency: 1 })
  .count();
