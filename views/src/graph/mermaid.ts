import type { ProvenanceStore } from '../model/store';
import { describeNode } from './describe';
import type { DrawnNode } from './fold';

/** The drawn graph as a Mermaid flowchart, to be pasted into a README: boxes for processes, circles for streams, diamonds for values. */
export function toMermaid(nodes: readonly DrawnNode[], store: ProvenanceStore): string {
  const names = new Map(nodes.map((node, i) => [node.id, `n${i}`] as const));
  const lines = ['flowchart TD'];
  for (const node of nodes) {
    const face = describeNode(node, store);
    const name = names.get(node.id) ?? '';
    const count = face && face.count > 1 ? ` ×${face.count}` : '';
    if (node.type === 'process') {
      lines.push(`  ${name}["${quoted(`${face?.label ?? ''}${count}`)}"]`);
    } else {
      const text = quoted(face?.detail === '' || !face ? ' ' : face.detail);
      lines.push(face?.kind === 'value' ? `  ${name}{"${text}"}` : `  ${name}(["${text}"])`);
    }
    for (const parent of node.parents) {
      const from = names.get(parent);
      if (from !== undefined) {
        lines.push(`  ${from} ${node.uses.includes(parent) ? '-.->' : '-->'} ${name}`);
      }
    }
  }
  return `${lines.join('\n')}\n`;
}

/** Mermaid's own escapes: a text in quotes may hold anything but quotes, and `#` begins an escape. */
function quoted(text: string): string {
  return text.replace(/[#"<>&\\\p{C}]/gu, (letter) => `#${letter.codePointAt(0) ?? 32};`);
}
