import { h } from '../elements/dom';
import { whenChanged } from '../elements/when-changed';
import { byMessage, problemsOf } from '../model/problems';
import { alikeFailures } from './alike-failures';
import type { DetailsPart } from './process-subject';

/** More of them are in the list of problems. */
const SHOWN = 3;

/** What ended a process, and the first items that it skipped. */
export const processFailures: DetailsPart = (host, context, { processes }) => {
  const list = h('div');
  host.append(list);
  const known = () => processes().flatMap(problemsOf);
  return whenChanged(
    () => JSON.stringify(known()),
    () => {
      const all = processes();
      const groups = byMessage(known()).slice(0, SHOWN);
      list.replaceChildren(
        ...groups.map((one) => alikeFailures({ ...one, failures: one.failures.slice(0, SHOWN) }, all[0], context)),
      );
    },
  );
};
