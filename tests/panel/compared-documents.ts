import { readFileSync } from 'node:fs';
import type { Capture, Process, ProvenanceDocument } from 'stemma';
import { inRoot } from '../../scripts/support/paths.mjs';

const revenue = (factor: string): string => `(order) => {
      const { quantity, price } = order;
      if (quantity < 0) throw new RangeError('returned');
      return { ...order, revenue: ${factor} };
    }`;

/**
 * A recorded notebook, and the same with a planted change of each kind: another function, another captured value, two
 * steps less, a step more, other counts, another version of Node.
 */
export function comparedDocuments(): [before: ProvenanceDocument, after: ProvenanceDocument] {
  const before = JSON.parse(
    readFileSync(inRoot('tests', 'panel', 'documents', 'sales.json'), 'utf8'),
  ) as ProvenanceDocument;
  const after = structuredClone(before);
  give(before, 'Parse quantity', '(row) => parse(row, currency)', [{ name: 'currency', type: 'text', value: 'EUR' }]);
  give(after, 'Parse quantity', '(row) => parse(row, currency)', [{ name: 'currency', type: 'text', value: 'USD' }]);
  give(before, 'Compute revenue', revenue('quantity * price'));
  give(after, 'Compute revenue', revenue('Math.round(quantity * price * 100) / 100'));
  addAfter(after, 'Country known', 'Country allowed');
  after.processes = after.processes.filter(({ id }) => id !== 'p7' && id !== 'p12');
  step(after, 'Sales CSV').execution.itemsOut += 12;
  after.environment = { ...after.environment, node: '22.21.0' };
  return [before, after];
}

function give(document: ProvenanceDocument, label: string, source: string, captures: Capture[] = []): void {
  step(document, label).code = { source, truncated: false, captures };
}

function addAfter(document: ProvenanceDocument, known: string, label: string): void {
  const before = step(document, known);
  const output = document.artifacts.find(({ id }) => id === before.outputs[0])!;
  const added: Process = { ...before, id: 'p90', label, inputs: [output.id], outputs: ['a90'] };
  for (const process of document.processes)
    process.inputs = process.inputs.map((id) => (id === output.id ? 'a90' : id));
  document.processes.push(added);
  document.artifacts.push({ ...output, id: 'a90', label, producer: added.id });
}

function step({ processes }: ProvenanceDocument, label: string): Process {
  const found = processes.find((process) => process.label.startsWith(label));
  if (found === undefined) throw new Error(`expected a step ${label}, got none`);
  return found;
}
