import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalHash, Dataset, definitionLayer, type ProvenanceDocument } from 'stemma';
import { canonicalJson, hashJson } from 'stemma-document';
import { temporaryFolder } from '../../support/temporary-folder';
import { DOUBLE_MODULE } from '../lib/operators/table';
import { arbitraryDocument } from './arbitrary-document';
import { inSession } from './in-session';

async function pipeline({ seed = 1, size = 4, folder = '/home/ada/digits' } = {}): Promise<void> {
  const source = Dataset.range(20, 'Numbers').map((n) => n * 2, 'Double');
  await source
    .shuffle({ seed, identifier: 'Mix' })
    .batch(size, 'Batch')
    .forEach(() => undefined, 'Train');
  await Dataset.fromArray([folder], 'Folder').count();
}

describe('canonical JSON', () => {
  // The example of RFC 8785, section 3.2.3, and its table of numbers.
  it('is that of RFC 8785', () => {
    const value = {
      '€': 'Euro Sign',
      '\r': 'Carriage Return',
      '\uFB33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '😀': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      ö: 'Latin Small Letter O With Diaeresis',
    };
    expect(
      canonicalJson(value)
        .match(/"(?:[^"\\]|\\.)*":/g)!
        .map((name) => JSON.parse(name.slice(0, -1)) as string),
    ).toEqual(['\r', '1', '\u0080', 'ö', '€', '😀', '\uFB33']);
    expect(canonicalJson({ numbers: [333333333.33333329, 1e30, 4.5, 2e-3, 0.000000000000000000000000001, -0] })).toBe(
      '{"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27,0]}',
    );
    expect(canonicalJson({ string: '€$\u000F\u000aA\'\u0042\u0022\u005c\\"/' })).toBe(
      `{"string":"€$\\u000f\\nA'B\\"\\\\\\\\\\"/"}`,
    );
  });

  it('says the same of an object however its members are ordered', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (members) => {
        const reversed = Object.fromEntries(Object.entries(members).reverse());
        expect(canonicalJson(reversed)).toBe(canonicalJson(members));
        expect(JSON.parse(canonicalJson(members))).toEqual(JSON.parse(JSON.stringify(members)));
      }),
    );
  });

  it('is hashed with SHA-256', () => {
    expect(hashJson({})).toBe('44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a');
  });
});

describe('canonical hash', () => {
  const folder = temporaryFolder();

  it('is the same for two runs of the same code, though ids, times and machine differ', async () => {
    const first = await inSession(() => pipeline());
    const second = await inSession(async () => {
      await Dataset.range(1).count();
      await pipeline();
      await pipeline();
    });
    second.processes = second.processes.slice(2, 2 + first.processes.length);
    second.environment = { ...second.environment, node: '99.0.0', workingDirectory: 'C:\\work', packages: {} };
    expect(second.processes[0]!.id).not.toBe(first.processes[0]!.id);
    expect(canonicalHash(second)).toBe(canonicalHash(first));
  });

  it('does not know the folder that data lie in, only its name', async () => {
    const at = (path: string) => (document: ProvenanceDocument) => {
      const copy = structuredClone(document);
      copy.processes[0]!.options.path = path;
      return canonicalHash(copy);
    };
    const document = await inSession(() => pipeline());
    const hashes = ['/home/ada/digits', '~/digits', 'D:\\data\\digits\\', '/digits'].map((path) => at(path)(document));
    expect(new Set(hashes).size).toBe(1);
    expect(at('/home/ada/letters')(document)).not.toBe(hashes[0]);
  });

  it('is another one for another seed, option, function or order', async () => {
    const documents = [
      await inSession(() => pipeline()),
      await inSession(() => pipeline({ seed: 2 })),
      await inSession(() => pipeline({ size: 5 })),
      await inSession(() => Dataset.range(20, 'Numbers').map((n) => n * 2, 'Double')),
      await inSession(() => Dataset.range(20, 'Numbers').map((n) => n * 3, 'Double')),
      await inSession(() => Dataset.range(20, 'Numbers').skip(1).take(3)),
      await inSession(() => Dataset.range(20, 'Numbers').take(3).skip(1)),
    ];
    expect(new Set(documents.map(canonicalHash)).size).toBe(documents.length);
  });

  it('covers the code of a module for threads, whatever its folder and line ends', async () => {
    const hashOf = async (place: string, code: string): Promise<string> => {
      mkdirSync(join(folder, place));
      writeFileSync(join(folder, place, 'work.mjs'), code);
      return canonicalHash(await inSession(() => Dataset.range(9).mapInWorkers(join(folder, place, 'work.mjs'))));
    };
    const hash = await hashOf('a', 'export default (n) =>\n  n + 1;\n');
    expect(await hashOf('b', 'export default (n) =>\r\n  n + 1;\r\n')).toBe(hash);
    expect(await hashOf('c', 'export default (n) =>\n  n + 2;\n')).not.toBe(hash);
  });

  it('does not know how many threads the machine has', async () => {
    const [process] = (await inSession(() => Dataset.range(9).mapInWorkers(DOUBLE_MODULE))).processes.slice(1);
    expect(process!.options).toEqual({
      module: 'double.mjs',
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      exportName: 'default',
    });
  });

  it('ignores what superseded cells made, unless something current takes from it', async () => {
    const document = await inSession(() => pipeline());
    const hash = canonicalHash(document);
    const stale = await inSession(() => Dataset.range(3, 'Old'));
    const [old] = stale.processes;
    const both = {
      ...document,
      processes: [...document.processes, { ...old!, id: 'p99', outputs: ['a99'], superseded: true }],
    };
    expect(canonicalHash(both)).toBe(hash);
    const source = document.processes.map((process) => ({ ...process, superseded: process.label === 'Numbers' }));
    expect(canonicalHash({ ...document, processes: source })).toBe(hash);
  });

  it('holds nothing of an execution, an environment or a cell', () => {
    fc.assert(
      fc.property(arbitraryDocument, arbitraryDocument, (document, other) => {
        const changed: ProvenanceDocument = {
          ...document,
          generatedAt: other.generatedAt,
          session: { ...other.session },
          environment: other.environment,
          cells: other.cells,
          artifacts: [],
          runs: other.runs,
          dropped: other.dropped,
          processes: document.processes.map((process, index) => ({
            ...process,
            key: `k${index}`,
            cell: null,
            execution: other.processes[0]?.execution ?? process.execution,
          })),
        };
        expect(definitionLayer(changed)).toEqual(definitionLayer(document));
      }),
    );
  });
});
