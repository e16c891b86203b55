// node train.mjs STATE [BATCHES]: writes each batch in a line, and keeps the state; after as many batches it is killed.
import { existsSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { Dataset } from 'stemma';

const [, , file, batches = Infinity] = process.argv;
const train = Dataset.range(400)
  .map(async (n) => (await setTimeout(n % 2), n * 3), { concurrency: 4 })
  .filter((n) => n % 4 > 0)
  .shuffle({ seed: 5, bufferSize: 50 })
  .randomMap((n, random) => n + random.int(10), { seed: 6 })
  .batch(16)
  .prefetch(3)
  .repeat(3);
const resume = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
const iterator = train.iterate({ resume });
let done = 0;
for await (const batch of iterator) {
  writeSync(1, `${JSON.stringify(batch)}\n`);
  writeFileSync(file, JSON.stringify(iterator.state()));
  if (++done === Number(batches)) process.kill(process.pid, 'SIGKILL');
}
