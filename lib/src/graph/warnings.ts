import { currentHost } from '../host';
import { warnOnce } from '../util/warn-once';
import type { Node } from './node';

/** Notes a warning in the record of `node`: the pipeline does what it says, but perhaps not what is meant. */
export function noteWarning({ record, session }: Node, text: string): void {
  if (record?.addWarning(text) === true) session.touch(record);
}

/**
 * As `noteWarning`, and on the console, whether there is a record or not. For what changes the items of a run though
 * nobody asked for it: items are missing, in two parts, or made by other code.
 */
export function warn(node: Node, text: string): void {
  noteWarning(node, text);
  const cell = currentHost()?.cell();
  const { kind, label } = node;
  const scope = cell === undefined ? '' : `${cell.id}/${cell.executionCount}`;
  warnOnce(kind === label ? kind : `${kind} "${label}"`, text, scope);
}
