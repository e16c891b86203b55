import { h } from '../elements/dom';
import { whenChanged } from '../elements/when-changed';
import { failureBlock } from './failure';
import type { DetailsPart } from './process-subject';

/** More of them are in the list of problems. */
const SKIPPED_SHOWN = 3;

/** What ended a process, and the first items that it skipped. */
export const processFailures: DetailsPart = (host, { trans }, { processes }) => {
  const list = h('div');
  host.append(list);
  const known = () => ({
    failures: processes()
      .flatMap(({ execution }) => execution.failure ?? [])
      .slice(0, 1),
    skipped: processes()
      .flatMap(({ execution }) => execution.skippedItems)
      .slice(0, SKIPPED_SHOWN),
  });
  return whenChanged(
    () => JSON.stringify(known()),
    () => {
      const { failures, skipped } = known();
      list.replaceChildren(
        ...failures.map((one) => failureBlock(one, trans)),
        ...skipped.map((one) => failureBlock(one, trans, 'warn')),
      );
    },
  );
};
