/** Ends by itself, though its monitor runs: prints where it listens, then the result. With `forever`, it goes on. */
import { Dataset } from 'stemma';
import { monitor } from 'stemma-monitor';

const { url, token } = await monitor.start();
console.log(JSON.stringify({ url, token }));
console.log(
  await Dataset.range(1_000)
    .map((n) => n * 2)
    .count(),
);
if (process.argv[2] === 'forever') setInterval(() => undefined, 1_000);
