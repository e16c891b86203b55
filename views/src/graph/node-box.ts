import { describeNode, type DescribedSource, type DrawnNode, lossOfAll, type NodeFace } from 'stemma-document';
import { lossLabel } from './loss-label';
import type { Orientation } from './orientation';
import { cutToWidth, textWidth } from './text-width';

/** What a node takes across the flow, from its middle: its box, its text, and the space that stays free beside them. */
export interface Extent {
  left: number;
  right: number;
}

/** Font sizes of the graph, in pixels. */
export const FONT = { process: 12, long: 11.5, artifact: 11.5 } as const;

/** Sizes of a box and of what stands beside a stream, in pixels. */
export const BOX = {
  width: 168,
  maxWidth: 260,
  height: 32,
  /** What the icon and the margins take of a box. */
  besideText: 34,
  /** Half the height of what is written beside a stream. */
  textHalf: 8,
  /** From the middle of a stream to its text. */
  toText: 12,
  /** Between neighbors. */
  gap: 10,
} as const;

/**
 * Before its text is known, a stream reserves as much as most texts take: together the width of a box with its gaps.
 */
const STREAM: Extent = { left: 46, right: 142 };
const ACROSS_RIGHT: Extent = { left: 23, right: 23 };

/** The space that a drawn node takes across the flow. */
export function extentOf(node: DrawnNode, source: DescribedSource, orientation: Orientation): Extent {
  if (orientation === 'right') {
    return ACROSS_RIGHT;
  }
  const face = describeNode(node, source);
  if (node.type === 'process') {
    const half = Math.ceil((face ? fitLabel(boxText(face)).width : BOX.width) / 2) + BOX.gap;
    return { left: half, right: half };
  }
  const producers = node.members.flatMap((id) => source.artifacts.get(id)?.producer ?? []);
  const lost = lossLabel(lossOfAll(producers.flatMap((id) => source.processes.get(id) ?? [])));
  const text = Math.min(textWidth(face?.detail ?? '', FONT.artifact), BOX.maxWidth);
  return {
    left: Math.max(STREAM.left, BOX.toText + Math.ceil(textWidth(lost ?? '', FONT.artifact)) + BOX.gap),
    right: Math.max(STREAM.right, BOX.toText + Math.ceil(text) + BOX.gap),
  };
}

/** What is written on the box of a process. */
export function boxText(face: NodeFace): string {
  return face.count > 1 ? `${face.label}  ×${face.count}` : face.label;
}

/** A label as it is written into a box, in at most two lines, and how wide the box is. */
export interface FittedLabel {
  text: string;
  width: number;
}

/**
 * Fit a label: in one line where the usual box holds it; else in two of about the same length, in a box that grows with
 * them up to `maxWidth`. What has no place even then is cut off.
 */
export function fitLabel(label: string, maxWidth: number = BOX.maxWidth, width: number = BOX.width): FittedLabel {
  const room = maxWidth - BOX.besideText;
  const inOne = textWidth(label, FONT.process);
  if (inOne <= width - BOX.besideText) {
    return { text: label, width };
  }
  const lines = halves(label);
  const widest = Math.ceil(Math.max(...lines.map((line) => textWidth(line, FONT.long))));
  return {
    text: lines.map((line) => cutToWidth(line, room, FONT.long)).join('\n'),
    width: Math.min(Math.max(width, widest + BOX.besideText), maxWidth),
  };
}

/** A label broken at the space that makes its longer line shortest; in one where it has none. */
function halves(label: string): string[] {
  const words = label.split(' ').filter((word) => word !== '');
  let best = [words.join(' ')];
  let least = Number.POSITIVE_INFINITY;
  for (let at = 1; at < words.length; at++) {
    const lines = [words.slice(0, at).join(' '), words.slice(at).join(' ')];
    const widest = Math.max(...lines.map((line) => textWidth(line, FONT.long)));
    if (widest < least) {
      [best, least] = [lines, widest];
    }
  }
  return best;
}
