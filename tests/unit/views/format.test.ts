import { describe, expect, it } from 'vitest';
import { formatBytes } from '../../../views/src/format/bytes';
import { DurationFormat } from '../../../views/src/format/duration';
import { formatCount, formatLength, formatRate, formatShare, formatValue } from 'stemma-document';

const durations = new DurationFormat();

describe('the time of a run', () => {
  it('is exact once a run has ended, and a clock until then', () => {
    expect(durations.ofRun(2.2, 2.2)).toBe('2.20 ms');
    expect(durations.ofRun(null, 2.2)).toBe('0.0 s');
    expect(durations.ofRun(21_000, 21_000)).toBe('21.0 s');
  });
});

describe('a duration', () => {
  it.each([
    [null, '–'],
    [0, '0 s'],
    [0.0004, '400 ns'],
    [0.00241, '2.41 µs'],
    [0.9999, '1.00 ms'],
    [12.34, '12.3 ms'],
    [1234, '1.23 s'],
    [59_949, '59.9 s'],
    [59_960, '1 min 00 s'],
    [125_000, '2 min 05 s'],
    [3_720_000, '1 h 02 min'],
  ])('writes %s ms as %s', (ms, text) => expect(durations.format(ms)).toBe(text));

  it.each([
    [0, '0 ms'],
    [0.000_841, '0.000841 ms'],
    [12.34, '12.3 ms'],
    [125_000, '125,000 ms'],
  ])('writes %s ms as %s, where a person wants all in milliseconds', (ms, text) => {
    expect(new DurationFormat(() => 'ms').format(ms)).toBe(text);
  });

  it('keeps the width of a running clock', () => {
    expect([0, 900, 12_345, 59_900].map((ms) => durations.elapsed(ms))).toEqual(['0.0 s', '0.9 s', '12.3 s', '59.9 s']);
  });
});

describe('numbers', () => {
  it('groups counts', () => {
    expect([7, 9469, 1_234_567, 123_456_789, 2_500_000_000].map(formatCount)).toEqual([
      '7',
      '9,469',
      '1,234,567',
      '123.5 M',
      '2.50 G',
    ]);
  });

  it('writes rates with their unit', () => {
    expect([0, 0.517, 13.4, 333, 12_400, 2_340_000].map(formatRate)).toEqual([
      '–',
      '0.52/s',
      '13/s',
      '333/s',
      '12.4k/s',
      '2.34M/s',
    ]);
  });

  it('writes values in four digits, whatever their size', () => {
    expect([0.130660472, 3, 1.5e-7, 254, 1_234_567.8, 'NaN', null].map(formatValue)).toEqual([
      '0.1307',
      '3',
      '1.50e-7',
      '254',
      '1.23e+6',
      'NaN',
      '–',
    ]);
  });

  it('writes shares, sizes and lengths', () => {
    expect([0, 0.004, 0.414].map(formatShare)).toEqual(['0 %', '<1 %', '41 %']);
    expect([512, 1536, 257_000_000].map(formatBytes)).toEqual(['512 B', '1.5 KiB', '245 MiB']);
    expect(formatLength({ kind: 'atMost', items: 9469 })).toBe('≤ 9,469');
    expect(formatLength({ kind: 'infinite' })).toBe('∞');
  });
});
