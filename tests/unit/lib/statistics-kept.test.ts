import { describe, expect, it } from 'vitest';
import { Dataset } from 'stemma';
import { artifactOf, inSession } from '../document/in-session';

describe('what statistics() returned', () => {
  it('is in the record as far as its histograms and its most frequent values', async () => {
    const document = await inSession(() =>
      Dataset.range(200)
        .map((n) => ({ label: n % 10, price: n / 7, name: `name ${n % 3}`, more: { x: n } }))
        .statistics('Figures'),
    );
    const [sample] = artifactOf(document, 'Figures').execution.samples;
    const text = JSON.stringify(sample?.value);
    expect(text).not.toMatch(/object …|list …|"…"/);
    expect(text.match(/"name":"counts"/g)).toHaveLength(3);
  });
});
