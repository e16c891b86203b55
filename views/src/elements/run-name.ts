import type { Run } from 'stemma-document';
import type { ProvenanceStore } from '../model/store';
import type { Translate } from './context';
import { stateName } from './state-names';

/** What a person knows a run by: its number, where the recorder gave it one, and never its id. */
export function runName({ number }: Run, trans: Translate): string {
  return number === undefined ? trans.__('Run') : trans.__('Run %1', number);
}

/** A run among others: its number, its sink, when it began, and its state. */
export function describeRun(run: Run, store: ProvenanceStore, trans: Translate): string {
  const time = new Date(run.startedAt).toLocaleTimeString([], { hour12: false });
  const sink = store.processes.get(run.sink)?.label;
  return [runName(run, trans), sink, time, stateName(store.stateOf(run), trans)].filter(Boolean).join(' · ');
}
