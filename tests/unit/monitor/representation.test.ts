import { describe, expect, it } from 'vitest';
import { Representation, Representations } from '../../../monitor/src/http/representation';

const MADE = { responses: 3, bytes: 100 };

describe('responses that are kept', () => {
  const make = (length: number) => () => new Representation('x'.repeat(length), 'text/plain', null);

  it('are made once for one state of the record', () => {
    const kept = new Representations('boot', MADE);
    const first = kept.get('/a', '1', make(10));
    expect(kept.get('/a', '1', make(10))).toBe(first);
    expect(kept.get('/a', '2', make(10))).not.toBe(first);
  });

  it('are few, and do not take much', () => {
    const kept = new Representations('boot', MADE);
    for (const key of ['/a', '/b', '/c', '/d']) kept.get(key, '1', make(10));
    expect(kept.bytes).toBe(30);
    kept.get('/e', '1', make(90));
    expect(kept.bytes).toBe(100);
    kept.get('/f', '1', make(500));
    expect(kept.bytes).toBe(500);
  });
});
