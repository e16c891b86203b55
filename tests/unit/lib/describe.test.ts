import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { Dataset } from 'stemma';

describe('a dataset in a console', () => {
  it('says what puts it out and how long it is', () => {
    expect(inspect(Dataset.range(3))).toBe('Dataset { range, 3 items }');
    expect(inspect(Dataset.range(3).repeat())).toBe('Dataset { repeat, endless }');
  });

  it('says, after a run, what was in it', async () => {
    const odd = Dataset.range(5).filter((n) => n % 2 === 1, 'Odd');
    expect(inspect(odd)).toBe('Dataset { filter "Odd", at most 5 items }');
    await odd.count();
    expect(inspect(odd)).toBe('Dataset { filter "Odd", 2 items, \'int\' }');
  });
});
