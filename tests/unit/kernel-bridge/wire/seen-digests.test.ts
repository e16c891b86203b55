import { describe, expect, it } from 'vitest';
import { SeenDigests } from '../../../../kernel-bridge/src/wire/seen-digests';

describe('the digests of messages', () => {
  it('are known for 57,344 messages at least, and for 65,536 at most', () => {
    const seen = new SeenDigests();
    const added = Array.from({ length: 300_000 }, (_, index) => String(index));
    expect(added.every((digest) => seen.add(digest))).toBe(true);
    expect(added.slice(-57_344).some((digest) => seen.add(digest))).toBe(false);
    expect(added.slice(0, 100_000).every((digest) => seen.add(digest))).toBe(true);
  });
});
