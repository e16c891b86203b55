import { describe, expect, it } from 'vitest';
import { History } from '../../../../kernel-bridge/src/cells/history';

const history = new History();
['a = 1', 'b = 2', 'a = 1', 'f[0]\n', 'x.y(*)'].forEach((input, index) => history.add(index + 1, input));

const lines = (request: object) => (history.reply({ ...request })['history'] as unknown[][]).map(([, line]) => line);
const search = (pattern: string, more = {}) => lines({ hist_access_type: 'search', pattern, ...more });

describe('the history', () => {
  it('returns the latest', () => {
    expect(lines({ hist_access_type: 'tail', n: 2 })).toEqual([4, 5]);
    expect(lines({ hist_access_type: 'tail', n: 0 })).toEqual([]);
  });

  it('returns a range without its end', () => {
    expect(lines({ hist_access_type: 'range', start: 2, stop: 4 })).toEqual([2, 3]);
    expect(lines({ hist_access_type: 'range' })).toEqual([1, 2, 3, 4, 5]);
  });

  it.each([
    ['a*', [1, 3]],
    ['? = ?', [1, 2, 3]],
    ['a', []],
    ['[ab] = [^1]', [2]],
    ['f[[]0]*', [4]],
    ['x.y(*)', [5]],
    ['*', [1, 2, 3, 4, 5]],
  ])('finds %s', (pattern, expected) => {
    expect(search(pattern)).toEqual(expected);
  });

  it('returns each text once, and at most n, on request', () => {
    expect(search('*=*', { unique: true })).toEqual([2, 3]);
    expect(search('*', { n: 1 })).toEqual([5]);
  });

  it('has no outputs, which it shows in the requested form', () => {
    expect(history.reply({ hist_access_type: 'tail', n: 1, output: true })['history']).toEqual([
      [1, 5, ['x.y(*)', null]],
    ]);
  });
});
