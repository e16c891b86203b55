import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BOX, fitLabel, FONT } from '../../../views/src/graph/node-box';
import { cutToWidth, textWidth } from '../../../views/src/graph/text-width';

describe('the label of a box', () => {
  it('stands in one line where the usual box holds it', () => {
    expect(fitLabel('Drop nearly empty')).toEqual({ text: 'Drop nearly empty', width: BOX.width });
  });

  it('breaks into two lines of about the same length', () => {
    expect(fitLabel('Parse quantity and price of the order').text).toBe('Parse quantity and\nprice of the order');
  });

  it('makes the box wider before anything is cut, and is cut where the widest box is too narrow', () => {
    const long = fitLabel('Compute the revenue of each order line in euros per quarter');
    expect(long.width).toBeGreaterThan(BOX.width);
    expect(long.text).not.toContain('…');
    expect(fitLabel('Compute the revenue of each order line '.repeat(4)).text).toContain('…');
  });

  it('never is wider than its box', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: BOX.width, max: BOX.maxWidth }), (label, max) => {
        const { text, width } = fitLabel(label, max);
        expect(width).toBeLessThanOrEqual(max);
        const lines = text.split('\n');
        expect(lines.length).toBeLessThanOrEqual(2);
        const size = lines.length > 1 ? FONT.long : FONT.process;
        for (const line of lines) expect(textWidth(line, size)).toBeLessThanOrEqual(width - BOX.besideText + size);
      }),
    );
  });
});

describe('cutToWidth', () => {
  it('keeps what fits, and ends with an ellipsis what does not', () => {
    expect(cutToWidth('short', 100, 12)).toBe('short');
    expect(cutToWidth('something longer', 50, 12)).toMatch(/^some.*…$/);
  });
});
