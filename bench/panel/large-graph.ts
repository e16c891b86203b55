import { fixture } from '../../tests/panel/fixture';
import type { Artifact, Process, ProvenanceDocument } from 'stemma';

/** A small generator of whole numbers, the same in each run. */
export function randomBelow(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => (state = (state * 48271) % 2147483647) % limit;
}

/**
 * A document of `count` different operations, in bushy chains, so that nothing is grouped: the worst case for layout
 * and drawing.
 */
export function largeDocument(operators: number): ProvenanceDocument {
  const document = fixture({ progress: 0.5, count: 1 });
  const [process, artifact] = [document.processes[0] as Process, document.artifacts[0] as Artifact];
  const random = randomBelow(7);
  const letter = (): string => 'abcdefghij'[random(10)] as string;
  const processes = Array.from({ length: operators }, (_, i) => ({
    ...process,
    id: `p${i}`,
    label: `Step ${letter()}${letter()} of it`,
    inputs: i === 0 || random(40) === 0 ? [] : [`a${Math.max(0, i - 1 - random(4))}`],
    outputs: [`a${i}`],
  }));
  return {
    ...document,
    processes,
    artifacts: processes.map((one, i) => ({ ...artifact, id: `a${i}`, producer: one.id })),
  };
}

/**
 * A document of `count` operations: equal sources, each with a map, all joined by one step: grouped, or very wide where
 * groups are expanded.
 */
export function wideDocument(operators: number): ProvenanceDocument {
  const document = fixture({ progress: 0.5, count: 1 });
  const [process, artifact] = [document.processes[0] as Process, document.artifacts[0] as Artifact];
  const step = (id: string, label: string, inputs: string[]): Process => ({
    ...process,
    id,
    label,
    inputs,
    outputs: [`a-${id}`],
  });
  const numbers = Array.from({ length: operators >> 1 }, (_, i) => i);
  const processes = [
    ...numbers.map((i) => step(`s${i}`, `Load ${i}`, [])),
    ...numbers.map((i) => step(`m${i}`, `Decode ${i}`, [`a-s${i}`])),
    step(
      'join',
      'concat',
      numbers.map((i) => `a-m${i}`),
    ),
  ];
  return {
    ...document,
    processes,
    artifacts: processes.map(({ id }) => ({ ...artifact, id: `a-${id}`, producer: id })),
  };
}

/** Fifty operations with other counts, as a patch brings them. */
export function somePatch(document: ProvenanceDocument, round: number, random: (limit: number) => number) {
  const picked = Array.from({ length: 50 }, () => random(document.processes.length));
  return {
    processes: picked.map((i) => withItems(document.processes[i] as Process, { itemsOut: round })),
    artifacts: picked.map((i) => withItems(document.artifacts[i] as Artifact, { currentItems: round * 100 })),
    runs: [],
    cells: null,
    removed: [],
  };
}

function withItems<T extends { execution: object }>(node: T, items: object): T {
  return { ...node, execution: { ...node.execution, ...items } };
}
