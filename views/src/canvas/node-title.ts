import {
  describeNode,
  type DrawnNode,
  formatCount,
  kindOf,
  type Loss,
  lossOfAll,
  metricsText,
  processesOf,
} from 'stemma-document';
import type { Translate } from '../elements/context';
import type { ProvenanceStore } from '../model/store';

/** The tooltip of a node: all that does not fit its box, one fact per line. */
export function nodeTitle(node: DrawnNode, store: ProvenanceStore, trans: Translate): string {
  const face = describeNode(node, store);
  if (!face) {
    return '';
  }
  if (node.type === 'artifact') {
    const schemas = node.members.map((id) => store.artifacts.get(id)?.execution.schemaText ?? '');
    const schema = schemas.every((text) => text === schemas[0]) ? (schemas[0] ?? '') : '';
    return [face.label, face.detail, schema].filter((line) => line !== '').join('\n');
  }
  const count = face.count > 1 ? ` ×${face.count}` : '';
  const kind = node.group === 'cell' ? '' : (kindOf(face.kind)?.summary ?? face.kind);
  const loss = lossText(lossOfAll(processesOf(node, store)), trans);
  const metrics = metricsText(processesOf(node, store));
  return [`${face.label}${count}`, kind, metrics, loss].filter((line) => line !== '').join('\n');
}

/** What a step left out, in words; empty where it left out nothing. */
export function lossText({ skipped, dropped }: Loss, trans: Translate): string {
  return [
    skipped > 0 ? trans.__('%1 skipped: they failed', formatCount(skipped)) : '',
    dropped > 0 ? trans.__('%1 dropped', formatCount(dropped)) : '',
  ]
    .filter((text) => text !== '')
    .join(', ');
}
