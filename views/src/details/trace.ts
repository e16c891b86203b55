import { describeNode, type Sample, type Summary } from 'stemma-document';
import { traceOrigin, type TraceStep, type Outcome } from '../graph/trace';
import type { Translate, ViewContext } from '../elements/context';
import { h, type View } from '../elements/dom';
import { iconButton, setStateIcon, stateIcon } from '../elements/icons';
import { linkButton } from '../elements/section';
import { summaryView } from './summary-view';

/** One item at every step that it passed: before, the step, after, side by side. */
export function traceView(host: HTMLElement, context: ViewContext, origin: string): View {
  const { graph, store, trans, ui } = context;
  const head = h('div', 'stemma-Details-title');
  const label = h('h2', 'stemma-Details-label', trans.__('Tracing %1', origin));
  label.title = origin;
  const close = iconButton('close', trans.__('Stop tracing'), () => ui.trace(null));
  close.classList.add('stemma-mod-end');
  head.append(label, close);
  const list = h('ol', 'stemma-Trace');
  host.append(head, list);
  let watched = '';
  let release = (): void => undefined;
  /** All streams, also those that come later. */
  const watch = (): void => {
    const streams = [...store.artifacts.keys()];
    if (streams.join() !== watched) {
      watched = streams.join();
      const before = release;
      release = ui.watch(streams);
      before();
    }
  };
  let shown = '';
  return {
    update: () => {
      watch();
      const steps = traceOrigin(origin, graph.nodes, store);
      const isWaiting = [...store.artifacts.values()].some(
        ({ id, execution }) => execution.sampleCount > 0 && !store.samples.has(id),
      );
      const key = JSON.stringify([
        isWaiting,
        steps.map(({ node, before, after }) => [node.id, before?.run, before?.index, after.kind, indexOf(after)]),
      ]);
      if (key === shown) {
        return;
      }
      shown = key;
      list.replaceChildren(...(steps.length > 0 ? [columnNames(trans)] : []), ...steps.map((one) => row(one, context)));
      if (steps.length === 0) {
        const text = isWaiting
          ? trans.__('Loading samples …')
          : trans.__('No stream has this item any more: samples of a later run replaced it.');
        list.replaceChildren(h('li', 'stemma-Hint', text));
      }
    },
    dispose: () => release(),
  };
}

function indexOf(after: Outcome): unknown {
  return after.kind === 'kept' ? [after.sample.run, after.sample.index] : after.kind === 'leftOut' ? after.reason : '';
}

function columnNames(trans: Translate): HTMLElement {
  const names = h('li', 'stemma-Trace-names');
  // Each row says it to screen readers by itself.
  names.setAttribute('aria-hidden', 'true');
  names.append(h('span', '', trans.__('before')), h('span', '', trans.__('step')), h('span', '', trans.__('after')));
  return names;
}

function row({ node, before, after }: TraceStep, { graph, store, trans, ui }: ViewContext): HTMLElement {
  const item = h('li', 'stemma-Trace-step');
  const face = describeNode(node, store);
  const step = h('div', 'stemma-Trace-name');
  const icon = stateIcon();
  setStateIcon(icon, face?.state ?? 'new');
  step.append(
    icon,
    linkButton(face?.label ?? node.id, () => ui.select(node.id)),
  );
  const isSource = !node.parents.some((parent) => graph.node(parent) && !node.uses.includes(parent));
  const changed = after.kind === 'kept' && before ? changedFields(before.value, after.sample.value) : undefined;
  item.append(
    cell(
      'before',
      trans.__('before'),
      before ?? (isSource ? trans.__('starts here') : trans.__('no sample here')),
      trans,
    ),
    step,
    cell('after', trans.__('after'), after.kind === 'kept' ? after.sample : outcomeText(after, trans), trans, changed),
  );
  return item;
}

function cell(
  side: 'before' | 'after',
  name: string,
  what: Sample | string,
  trans: Translate,
  changed?: ReadonlySet<string>,
): HTMLElement {
  const box = h('div', `stemma-Trace-${side}`);
  box.setAttribute('role', 'group');
  box.setAttribute('aria-label', name);
  box.append(typeof what === 'string' ? h('p', 'stemma-Hint', what) : summaryView(what.value, trans, changed));
  return box;
}

function outcomeText(after: Exclude<Outcome, { kind: 'kept' }>, trans: Translate): string {
  switch (after.kind) {
    case 'leftOut':
      return after.reason === null ? trans.__('dropped here') : trans.__('dropped here: %1', after.reason);
    case 'loading':
      return trans.__('loading samples …');
    case 'notReached':
      return trans.__('not reached yet');
    case 'notKept':
      return trans.__('no sample here');
    case 'taken':
      return trans.__('ends here');
  }
}

/** The fields of a record that a step made or changed. */
function changedFields(before: Summary, after: Summary): Set<string> {
  if (before.type !== 'record' || after.type !== 'record') {
    return new Set();
  }
  const values = new Map(before.fields.map((field) => [field.name, JSON.stringify(field.value)]));
  return new Set(
    after.fields.filter(({ name, value }) => values.get(name) !== JSON.stringify(value)).map(({ name }) => name),
  );
}
