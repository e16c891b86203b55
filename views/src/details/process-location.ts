import type { Process } from 'stemma-document';
import type { Translate, ViewContext } from '../elements/context';
import { FactList, section } from '../elements/section';
import { whenChanged } from '../elements/when-changed';
import { neighbours } from './neighbours';
import { placeLink } from './place-link';
import type { DetailsPart } from './process-subject';

/** One line of the location; null where it does not apply. */
interface LocationFact {
  name(trans: Translate): string;
  value(processes: readonly Process[], context: ViewContext): Node | string | null;
}

const FACTS: readonly LocationFact[] = [
  { name: (trans) => trans.__('declared in'), value: ([first], context) => (first ? placeLink(first, context) : null) },
  { name: (trans) => trans.__('inputs'), value: (all, context) => links(all, ({ inputs }) => inputs, context) },
  { name: (trans) => trans.__('outputs'), value: (all, context) => links(all, ({ outputs }) => outputs, context) },
  { name: (trans) => trans.__('uses value of'), value: (all, context) => links(all, ({ uses }) => uses, context) },
  {
    name: (trans) => trans.__('runs'),
    value: (all) => String(Math.max(0, ...all.map(({ execution }) => execution.runs))),
  },
];

/** Where a process is declared, and what it is connected to. */
export const processLocation: DetailsPart = (host, context, { processes }) => {
  const list = new FactList();
  host.append(section(context.trans.__('Location'), list.element));
  return whenChanged(
    () => {
      const ends = processes().map((one) => [one.inputs, one.outputs, one.uses, one.execution.runs]);
      return JSON.stringify([ends, Boolean(context.actions.revealCell)]);
    },
    () => {
      const now = processes();
      FACTS.forEach(({ name, value }) => list.set(name(context.trans), value(now, context)));
    },
  );
};

function links(
  processes: readonly Process[],
  of: (process: Process) => readonly string[],
  context: ViewContext,
): Node | null {
  const ids = [...new Set(processes.flatMap(of))];
  return ids.length > 0 ? neighbours(ids, context) : null;
}
