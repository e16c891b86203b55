import { describe, expect, it } from 'vitest';
import { released } from '../../../scripts/support/release/changelog.mjs';
import { atVersion, isNewer } from '../../../scripts/support/release/versions.mjs';

describe('a release', () => {
  it.each([
    ['0.2.0', '0.1.9', true],
    ['0.10.0', '0.9.9', true],
    ['1.0.0', '1.0.0', false],
    ['0.1.0', '0.2.0', false],
    ['1.0.0', '1.0.0-rc.2', true],
    ['1.0.0-rc.10', '1.0.0-rc.9', true],
    ['1.0.0-rc.1', '1.0.0', false],
    ['2', '1.0.0', null],
  ])('knows whether %s comes after %s', (next, current, expected) => expect(isNewer(next, current)).toBe(expected));

  it('has one version in all packages, and leaves those of others alone', () => {
    const manifest = { name: 'a', version: '1.0.0', dependencies: { b: '1.0.0', other: '^1.0.0' }, files: ['dist'] };
    expect(atVersion(manifest, '1.1.0', new Set(['a', 'b']))).toEqual({
      name: 'a',
      version: '1.1.0',
      dependencies: { b: '1.1.0', other: '^1.0.0' },
      files: ['dist'],
    });
  });

  it('dates what is unreleased', () => {
    const text = '# Changes\n\n## Unreleased\n\n- New.\n\n## 0.1.0 (2026-01-01)\n\n- Old.\n';
    expect(released(text, '0.2.0', '2026-11-30')).toBe(
      '# Changes\n\n## Unreleased\n\n## 0.2.0 (2026-11-30)\n\n- New.\n\n## 0.1.0 (2026-01-01)\n\n- Old.\n',
    );
  });

  it('needs a change', () => {
    expect(
      released('# Changes\n\n## Unreleased\n\n## 0.1.0 (2026-01-01)\n\n- Old.\n', '0.2.0', '2026-11-30'),
    ).toBeNull();
    expect(released('# Changes\n', '0.2.0', '2026-11-30')).toBeNull();
  });
});
