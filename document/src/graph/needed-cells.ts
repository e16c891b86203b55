import { checkGiven } from '../reading/check-given';
import type { Cell, CellRef, ProvenanceDocument } from '../model/document';
import { currentProcesses } from './current-processes';

/**
 * The executions of cells that the current processes depend on, directly or not, in the order in which they ran: a
 * notebook of these cells does again what the document records. Besides the cells that declared or ran something these
 * are the cells with the imports, helpers, types and values that they refer to, each in the version that the recorded
 * code saw.
 *
 * Names decide, as the kernel recorded them. A cell that may change a value counts as one that does, so there can be
 * cells too many. What a cell changes without naming it, such as a file, is not seen.
 *
 * @example
 * neededCells(readDocument('a.json')).map((cell) => cell.source);
 */
export function neededCells(document: ProvenanceDocument): Cell[] {
  checkGiven(document, 'neededCells');
  const { cells } = document;
  const places = new Map(cells.map((cell, index) => [keyOf(cell), index]));
  const placeOf = (cell: CellRef | null): number => (cell === null ? -1 : (places.get(keyOf(cell)) ?? -1));
  /** By the place of a cell: up to which place its functions have run, and so have seen what names stood for. */
  const seenUpTo = new Map<number, number>();
  const waiting: number[] = [];
  const need = (place: number, upTo: number): void => {
    if (place < 0 || (seenUpTo.get(place) ?? -1) >= upTo) return;
    seenUpTo.set(place, upTo);
    waiting.push(place);
  };

  const current = new Map(currentProcesses(document.processes).map(({ id, cell }) => [id, placeOf(cell)]));
  for (const place of current.values()) need(place, place);
  for (const run of document.runs) {
    if (!current.has(run.sink)) continue;
    const upTo = placeOf(run.cell);
    need(upTo, upTo);
    for (const id of run.processes) need(current.get(id) ?? -1, upTo);
  }
  while (waiting.length > 0) {
    const place = waiting.pop()!;
    const upTo = seenUpTo.get(place)!;
    for (let at = 0; at < upTo; at++) if (cells[at]!.hasEffects) need(at, upTo);
    for (const name of cells[place]!.refers ?? []) {
      for (const at of writersOf(name, place, upTo, cells)) need(at, upTo);
    }
  }
  return [...seenUpTo.keys()].sort((a, b) => a - b).map((place) => cells[place]!);
}

/**
 * The cells that gave a name the values that the code of the cell at `place` saw, up to the run of the cell at `upTo`:
 * the declaration before it, all changes since, and what became of the name until then, since names are live.
 */
function writersOf(name: string, place: number, upTo: number, cells: readonly Cell[]): number[] {
  const writers: number[] = [];
  for (let at = place - 1; at >= 0; at--) {
    const { declares = [], changes = [] } = cells[at]!;
    if (changes.includes(name)) writers.push(at);
    if (!declares.includes(name)) continue;
    writers.push(at);
    break;
  }
  for (let at = place + 1; at <= upTo; at++) {
    const { declares = [], changes = [] } = cells[at]!;
    if (declares.includes(name) || changes.includes(name)) writers.push(at);
  }
  return writers;
}

const keyOf = ({ id, executionCount }: CellRef): string => `${id}/${executionCount}`;
