/**
 * A program with a monitor that has run a pipeline. It prints where the monitor listens, and ends with its standard
 * input.
 */
import { Dataset } from 'stemma';
import { monitor } from 'stemma-monitor';

const running = await monitor.start();
await Dataset.range(200, 'Rows')
  .map((row) => ({ row, image: { data: new Float32Array(16), shape: [4, 4] } }), 'Draw "images" \\ ä')
  .filter(({ row }) => row % 2 === 0, 'Even')
  .batch(10, 'Batch')
  .forEach(() => undefined, 'Train');
console.log(JSON.stringify({ url: running.url, token: running.token }));
process.stdin.resume();
process.stdin.once('end', () => running.stop());
