import { expect, it } from 'vitest';
import { rows } from './batches';

it.each(rows.map((row) => [row.name, row] as const))('%s make batches of the type that is inferred', async (_, row) => {
  const [batch] = await row.batch.toArray();
  expect(batch).toEqual(row.expected);
});
