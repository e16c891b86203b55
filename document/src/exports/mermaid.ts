import { describeNode, type DescribedSource, processesOf } from '../grouping/describe';
import { type DrawnNode, groupNodes } from '../grouping/group';
import { lossOfAll } from '../grouping/losses';
import { visibleGraph } from '../grouping/visible';
import { formatCount } from '../wording/number';
import type { Exporter } from './exporter';

/** The graph for a README or a paper; parallel steps that are alike are one box. */
export const mermaid: Exporter = {
  id: 'mermaid',
  title: 'Mermaid',
  mediaType: 'application/vnd.mermaid',
  extension: '.mmd',
  export(document, { name }) {
    const source = {
      processes: new Map(document.processes.map((process) => [process.id, process])),
      artifacts: new Map(document.artifacts.map((artifact) => [artifact.id, artifact])),
    };
    const { drawn } = groupNodes(visibleGraph(source, false), source, new Set());
    return [{ path: `${name}${this.extension}`, content: toMermaid(drawn, source) }];
  },
};

/**
 * A graph as it is drawn as a Mermaid flowchart (https://mermaid.js.org/syntax/flowchart.html): boxes for processes,
 * rounded ones for streams, diamonds for values.
 */
export function toMermaid(nodes: readonly DrawnNode[], source: DescribedSource): string {
  const names = new Map(nodes.map((node, i) => [node.id, `n${i}`] as const));
  const lines = ['flowchart TD'];
  for (const node of nodes) {
    const face = describeNode(node, source);
    const name = names.get(node.id) ?? '';
    const count = face && face.count > 1 ? ` ×${face.count}` : '';
    if (node.type === 'process') {
      const { skipped, dropped } = lossOfAll(processesOf(node, source));
      const loss = skipped + dropped > 0 ? ` −${formatCount(skipped + dropped)}` : '';
      lines.push(`  ${name}["${quoted(`${face?.label ?? ''}${count}${loss}`)}"]`);
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
