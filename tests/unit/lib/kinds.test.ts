import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Kind, kindOf, KINDS } from 'stemma-document';
import { Dataset, Recorder } from 'stemma';
import { inRoot } from '../../../scripts/support/paths.mjs';
import { operators } from './operators/table';

const kinds: { readonly [kind: string]: Kind } = KINDS;
const withRole = (role: Kind['role']): string[] => Object.keys(kinds).filter((kind) => kinds[kind]!.role === role);

/** The names of the methods of a class and of those that it extends. */
function methods(prototype: object): string[] {
  const names: string[] = [];
  for (let at = prototype; at !== Object.prototype; at = Object.getPrototypeOf(at) as object)
    for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(at)))
      if (typeof value === 'function') names.push(name);
  return names;
}

describe('the kinds of steps', () => {
  it('are the operations of the API', () => {
    const sources = Object.getOwnPropertyNames(Dataset).filter((name) => name === 'range' || name.startsWith('from'));
    // Class folders are several sources of another kind.
    expect(new Set(withRole('source'))).toEqual(new Set(sources.filter((name) => name !== 'fromClassFolders')));
    const apart = ['constructor', 'derive'];
    const here = [...methods(Dataset.prototype), 'zip', 'mix'].filter((name) => !apart.includes(name));
    expect(new Set([...withRole('operation'), ...withRole('sink')])).toEqual(
      new Set([...here, 'iterate', 'fit', 'output', 'step', 'value']),
    );
  });

  it.each(operators.map(({ name, apply }) => [name, apply] as const))(
    'say of %s what is recorded of it',
    (_, apply) => {
      const recorder = new Recorder();
      recorder.run(() => apply(Dataset.range(8)));
      for (const { kind, role, options } of recorder.document().processes) {
        expect(kinds[kind]?.role, kind).toBe(role);
        expect('seed' in options, `${kind} has a seed`).toBe(kinds[kind]?.random !== undefined);
      }
    },
  );

  it('are tried here, if they are operations', () => {
    const recorder = new Recorder();
    recorder.run(() => {
      for (const { apply } of operators) apply(Dataset.range(8));
    });
    const tried = new Set(recorder.document().processes.map(({ kind }) => kind));
    expect(withRole('operation').filter((kind) => !tried.has(kind))).toEqual([]);
  });

  it('are all in the reference', () => {
    const pages = [
      'operations',
      'sources',
      'sinks',
      'text-files',
      'columnar-files',
      'folders-and-images',
      'column-transforms',
    ];
    const text = pages.map((page) => readFileSync(inRoot('docs', 'reference', `${page}.md`), 'utf8')).join('\n');
    expect(Object.keys(kinds).filter((kind) => kind !== 'iterate' && !new RegExp(`\\b${kind}\\b`).test(text))).toEqual(
      [],
    );
  });

  it('are explained in a sentence, without a full stop', () => {
    for (const [kind, { summary }] of Object.entries(kinds)) expect(summary, kind).toMatch(/^[A-Z].{5,70}[^.]$/);
  });

  it('of later versions are not known', () => {
    expect(kindOf('toString')).toBeUndefined();
    expect(kindOf('a later one')).toBeUndefined();
  });
});
