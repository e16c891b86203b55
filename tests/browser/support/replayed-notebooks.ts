import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeNotebook } from './notebook-file';

const ROWS = 20_000;

/** Sales in which some rows have a quantity that is not a number, and some have no country and no discount. */
function salesCsv(): string {
  const countries = ['DE', 'FR', 'IT', 'AT'];
  const lines = Array.from({ length: ROWS }, (_, i) => {
    const quantity = i % 1700 === 38 ? 'many' : 1 + (i % 7);
    const country = i % 500 === 4 ? '' : countries[Math.floor(i / 5000)];
    const discount = i % 3 === 0 ? '' : (i % 10) / 100;
    const day = String(1 + (i % 28)).padStart(2, '0');
    const price = (5 + ((i * 37) % 2000) / 100).toFixed(2);
    return `${100_000 + i},2026-0${1 + Math.floor(i / 4000)}-${day},${country},Product ${i % 12},${quantity},${price},${discount},${i % 2 ? 'web' : 'shop'},note ${i} of the customer`;
  });
  return ['order_id,date,country,product,quantity,price,discount,channel,note', ...lines, ''].join('\n');
}

export const SALES = {
  declare: 0,
  value: 1,
  totals: 2,
  fail: 3,
  cells: [
    `import { Dataset } from 'stemma';
interface Sale { order_id: number; date: string; country: string | null; product: string; quantity: string; price: number; discount: number | null; channel: string; note: string }
const sales = Dataset.fromCsv<Sale>('sales.csv', { identifier: 'Sales CSV', types: { quantity: 'text' } });
const parsed = sales.map((row) => {
  const quantity = Number(row.quantity);
  if (Number.isNaN(quantity)) throw new RangeError(\`quantity "\${row.quantity}" is not a number\`);
  return { ...row, quantity };
}, { identifier: 'Parse quantity and price of the order', onError: 'skip' });
const known = parsed.filter(({ country }) => country !== null, 'Country known');
const revenue = known.map((row) => ({ ...row, revenue: row.quantity * row.price }), 'Compute revenue per order');
revenue`,
    `revenue`,
    `const totals = await revenue.reduce((sum, row) => ({ orders: sum.orders + 1, quantity: sum.quantity + row.quantity, revenue: sum.revenue + row.revenue }), { orders: 0, quantity: 0, revenue: 0 }, 'Totals');
totals`,
    `await revenue.map((row) => { if (row.order_id === 115_003) throw new RangeError('order 115003 was cancelled'); return row; }, 'Check').forEach(() => {}, 'Use');`,
  ],
};

export const LONG = {
  declare: 0,
  run: 1,
  cells: [
    `import { Dataset } from 'stemma';
import { existsSync } from 'node:fs';
const classes = Array.from({ length: 10 }, (_, c) => Dataset.range(200, \`Load class \${c}\`));
const labelled = classes.map((one, label) => one.map((n) => ({ n, label }), 'Add label'));
const all = Dataset.concat(...labelled);
const kept = all.filter(({ n }) => n >= 0, 'Valid');
const shuffled = kept.shuffle({ seed: 1, bufferSize: 64, identifier: 'Mix' });
const { train, validation, test } = shuffled.cache().split({ train: 0.8, validation: 0.1, test: 0.1 }, { seed: 3 });
const pairs = Dataset.zip([train.map(({ n }) => n / 200, 'Scale'), train.map(({ label }) => label, 'Label')]);
const batches = pairs.batch(32, { dropRemainder: true, identifier: 'Batch' });`,
    `await batches.forEach(async () => { while (existsSync('wait')) await new Promise((done) => setTimeout(done, 20)); }, 'Train');`,
    `await validation.forEach(() => {}, 'Validate');`,
    `await test.forEach(() => {}, 'Test');`,
  ],
};

/** Writes the notebooks of sales and of a long pipeline, with what they read. */
export function writeReplayed(folder: string): void {
  writeFileSync(join(folder, 'sales.csv'), salesCsv());
  writeNotebook(join(folder, 'sales.ipynb'), SALES.cells);
  writeNotebook(join(folder, 'long.ipynb'), LONG.cells);
}
