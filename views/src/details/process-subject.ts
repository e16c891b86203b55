import { type DrawnNode, endsOf, type Process, processesOf } from 'stemma-document';
import type { ViewContext } from '../elements/context';
import type { View } from '../elements/dom';
import { type TimesTogether, timesTogetherOf } from '../model/times-together';

/** The process that details are of, or the processes that are drawn as one. */
export interface ProcessSubject {
  node: DrawnNode;
  /** Stands for all where they are alike. */
  first: Process;
  processes(): Process[];
  /** Those that read the input of the node, and those that write its output. */
  ends(): { first: readonly Process[]; last: readonly Process[] };
  selfTimes(): TimesTogether;
  awaitTimes(): TimesTogether;
  waitTimes(): TimesTogether;
}

/** A part of the details, drawn into `host`; null where it has nothing to show. */
export type DetailsPart = (host: HTMLElement, context: ViewContext, subject: ProcessSubject) => View | null;

/** What a node stands for; null where it is no longer known. */
export function processSubject(node: DrawnNode, { store }: ViewContext): ProcessSubject | null {
  const processes = (): Process[] => processesOf(node, store);
  const [first] = processes();
  return first === undefined
    ? null
    : {
        node,
        first,
        processes,
        ends: () => endsOf(node, store),
        selfTimes: timesTogetherOf(processes, 'selfTime'),
        awaitTimes: timesTogetherOf(processes, 'awaitTime'),
        waitTimes: timesTogetherOf(processes, 'waitTime'),
      };
}
