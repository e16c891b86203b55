import { describeDvc, dvcCommand, type DvcFacts, formatCount, type SourceContents } from 'stemma-document';
import { copyButton } from '../elements/copy-button';
import type { Translate, ViewContext } from '../elements/context';
import { h } from '../elements/dom';
import { FactList, section } from '../elements/section';
import { whenChanged } from '../elements/when-changed';
import { formatBytes } from '../format/bytes';
import { hashText } from './hash-text';
import type { DetailsPart, ProcessSubject } from './process-subject';

/** What is known of files that were read or written. */
type Contents = Pick<SourceContents, 'files' | 'bytes' | 'sha256' | 'dvc'>;

const MOST_STATES = 12;

/** The files that a source read or a sink wrote, and whether DVC has them so, with the command that would mend it. */
export const processFiles: DetailsPart = (host, context, subject) => {
  const list = new FactList();
  const part = section(context.trans.__('Files'), list.element);
  host.append(part);
  let all: Contents[] = [];
  return whenChanged(
    () => {
      all = contentsOf(subject, context);
      return JSON.stringify(all);
    },
    () => {
      part.hidden = all.length === 0;
      setFacts(list, all, context.trans);
    },
  );
};

function contentsOf({ processes }: ProcessSubject, { store }: ViewContext): Contents[] {
  return processes().flatMap(({ execution, outputs }) => [
    ...(execution.files === undefined ? [] : [execution.files]),
    ...outputs.flatMap((id) => store.artifacts.get(id)?.execution.written ?? []),
  ]);
}

function setFacts(list: FactList, all: readonly Contents[], trans: Translate): void {
  const sum = (of: (one: Contents) => number): number => all.reduce((total, one) => total + of(one), 0);
  list.set(trans.__('files'), formatCount(sum(({ files }) => files)));
  list.set(trans.__('size'), formatBytes(sum(({ bytes }) => bytes)));
  const [one, ...others] = all;
  list.set('SHA-256', one === undefined || others.length > 0 ? null : hashText(one.sha256));
  const states = new Map(all.flatMap(({ dvc }) => (dvc === undefined ? [] : [[describeDvc(dvc), dvc]])));
  list.set('DVC', states.size === 0 ? null : dvcStates([...states], trans));
}

/** A line for each state; each command once, below what it would mend. */
function dvcStates(states: readonly (readonly [text: string, facts: DvcFacts])[], trans: Translate): HTMLElement {
  const element = h('div', 'stemma-Dvc');
  for (const [text, facts] of states.slice(0, MOST_STATES)) {
    const line = h('div', 'stemma-Dvc-state');
    line.append(h('strong', '', stateName(facts, trans)), ' ', h('bdi', '', text));
    line.dataset['state'] = facts.state;
    element.append(line);
  }
  if (states.length > MOST_STATES) {
    element.append(h('div', '', trans.__('and %1 more', formatCount(states.length - MOST_STATES))));
  }
  for (const command of new Set(states.flatMap(([, facts]) => dvcCommand(facts) ?? []))) {
    const line = h('div', 'stemma-Dvc-command');
    line.append(
      h('code', '', command),
      ' ',
      copyButton(trans.__('Copy'), () => command, trans),
    );
    element.append(line);
  }
  return element;
}

function stateName({ state }: DvcFacts, trans: Translate): string {
  switch (state) {
    case 'same':
      return trans.__('tracked');
    case 'changed':
      return trans.__('changed');
    case 'untracked':
      return trans.__('not tracked');
    default:
      return trans.__('unknown');
  }
}
