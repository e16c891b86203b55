import { describeNode, type DrawnNode, kindOf, processesOf } from 'stemma-document';
import type { ViewContext } from '../elements/context';
import { h, setText, type View } from '../elements/dom';
import { setStateIcon, stateIcon } from '../elements/icons';
import { linkButton } from '../elements/section';
import { stateName } from '../elements/state-names';

/** The first line of the details: what the node is, its state, and the way to open it if it stands for several. */
export function detailsTitle(host: HTMLElement, context: ViewContext, node: DrawnNode): View {
  const { graph, store, trans, ui } = context;
  const icon = stateIcon();
  const label = h('h2', 'stemma-Details-label');
  const kind = h('span', 'stemma-Chip');
  const count = h('span', 'stemma-Chip stemma-mod-count');
  const state = h('span', 'stemma-Details-state');
  const line = h('div', 'stemma-Details-title');
  if (node.type === 'process') {
    line.append(icon);
  } else {
    line.append(h('span', `stemma-ArtifactIcon stemma-mod-${store.artifacts.get(node.members[0] ?? '')?.kind}`));
  }
  line.append(label, count, kind, state);
  host.append(line);

  const group = graph.groupOf(node.id);
  if (group !== undefined) {
    const isOpen = graph.isOpen(group);
    const toggle = linkButton(
      isOpen
        ? trans.__('Collapse the group')
        : trans.__(
            'Expand the group of %1',
            Math.max(processesOf(node, store).length, node.type === 'artifact' ? node.members.length : 0),
          ),
      () => {
        const first = node.members[0];
        graph.toggle(group);
        ui.select(isOpen ? group : (first ?? null));
      },
    );
    toggle.classList.add('stemma-Details-group');
    host.append(toggle);
  }
  return {
    update: () => {
      const face = describeNode(node, store);
      if (face) {
        setStateIcon(icon, face.state);
        setText(label, face.label);
        label.title = face.label;
        setText(kind, face.kind);
        kind.title = node.type === 'process' ? (kindOf(face.kind)?.summary ?? '') : '';
        count.hidden = face.count < 2;
        setText(count, `×${face.count}`);
        setText(state, node.type === 'process' ? stateName(face.state, trans) : '');
      }
    },
    dispose: () => undefined,
  };
}
