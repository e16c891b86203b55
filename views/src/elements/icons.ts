import { knownState, type KnownState, type State } from 'stemma-document';
import type { Match } from '../model/comparison';

const NS = 'http://www.w3.org/2000/svg';

/** Each state has a shape of its own, so that colour is never needed to tell them apart. Paths in a box of 12. */
export const STATE_PATHS: { readonly [state in KnownState]: { d: string; filled: boolean } } = {
  new: { d: 'M6 2.5a3.5 3.5 0 1 0 0 7a3.5 3.5 0 1 0 0-7z', filled: false },
  running: { d: 'M3.5 2.2v7.6L10 6z', filled: true },
  complete: { d: 'M2.2 6.4l2.6 2.6l5-5.8', filled: false },
  failed: { d: 'M3 3l6 6M9 3l-6 6', filled: false },
  stopped: { d: 'M4 2.8v6.4M8 2.8v6.4', filled: false },
  aborted: { d: 'M3 3h6v6h-6z', filled: true },
};

/** As those of the states: each mark of a comparison has a shape of its own. */
export const MATCH_PATHS: { readonly [match in Match]: string } = {
  added: 'M6 2v8M2 6h8',
  removed: 'M2 6h8',
  changed: 'M2.2 4.3h7.6M2.2 7.7h7.6M8.2 1.8L3.8 10.2',
  upstream: 'M6 1.8v8M2.8 6.8l3.2 3.2l3.2-3.2',
  same: 'M2.5 4.5h7M2.5 7.5h7',
};

/** Paths of the buttons, in a box of 16, drawn as strokes. */
export const BUTTON_PATHS = {
  fit: 'M2.5 6v-3.5h3.5M10 2.5h3.5v3.5M13.5 10v3.5h-3.5M6 13.5h-3.5v-3.5',
  tidy: 'M3 3h4v3h-4zM9 10h4v3h-4zM5 6v5.5h4',
  history: 'M8 4.5v4l2.5 1.5M2.6 8a5.4 5.4 0 1 1 1.2 3.4M2.4 13v-2.6h2.6',
  export: 'M8 2.5v7M5 7l3 3l3-3M3 12.5h10',
  lineage: 'M8 2v12M8 5L4 2.5M8 5l4-2.5M8 11l-4 2.5M8 11l4 2.5',
  search: 'M7 2.8a4.2 4.2 0 1 0 0 8.4a4.2 4.2 0 1 0 0-8.4zM10.2 10.2l3.3 3.3',
  jump: 'M6.5 3.5h-3v9h9v-3M9 3h4v4M13 3l-6 6',
  close: 'M4 4l8 8M12 4l-8 8',
  group: 'M3 2.5h10v3.5h-10zM3 10h10v3.5h-10zM8 6v4',
  pause: 'M5.5 3.5v9M10.5 3.5v9',
  flow: 'M2.5 8h11M10.5 5l3 3l-3 3',
  cells: 'M2.5 3h11v10h-11zM2.5 6.3h11',
  compare: 'M2.5 3h4.5v10h-4.5zM9 3h4.5v10h-4.5zM4 6.5h1.5M10.5 6.5h1.5M10.5 9.5h1.5',
  copy: 'M5.5 5.5h8v8h-8zM3 10.5v-8h8',
  color: 'M3 13h10M5 10.5v-3M8 10.5v-7M11 10.5v-5',
  trace: 'M3 3v3a2 2 0 0 0 2 2h6a2 2 0 0 1 2 2v3M11 11l2 2l2-2',
  next: 'M8 3v9M4.5 9l3.5 3.5l3.5-3.5',
  previous: 'M8 13v-9M4.5 7l3.5-3.5l3.5 3.5',
  page: 'M3 5.5h10v7.5h-10zM3 5.5v-2.5h4.5v2.5',
  help: 'M8 2a6 6 0 1 0 0 12a6 6 0 1 0 0-12zM6.2 6.4a1.9 1.9 0 1 1 2.6 1.9c-.6.3-.8.6-.8 1.3M8 11.4v.1',
  more: 'M8 3.2v.1M8 8v.1M8 12.7v.1',
} as const;

/** An icon that shows a state; change it with {@link setStateIcon}. */
export function stateIcon(): SVGSVGElement {
  const svg = document.createElementNS(NS, 'svg');
  svg.setAttribute('viewBox', '0 0 12 12');
  svg.setAttribute('class', 'stemma-StateIcon');
  svg.setAttribute('aria-hidden', 'true');
  svg.append(document.createElementNS(NS, 'path'));
  return svg;
}

/** The mark of a step in a comparison. */
export function matchIcon(match: Match): SVGSVGElement {
  const svg = stateIcon();
  svg.setAttribute('class', 'stemma-StateIcon stemma-MatchIcon');
  svg.setAttribute('data-match', match);
  svg.firstElementChild?.setAttribute('d', MATCH_PATHS[match]);
  return svg;
}

/** Let a state icon show a state, in shape and colour. */
export function setStateIcon(svg: SVGSVGElement, state: State): void {
  if (svg.getAttribute('data-state') !== state) {
    svg.setAttribute('data-state', state);
    const { d, filled } = STATE_PATHS[knownState(state)];
    const path = svg.firstElementChild as SVGPathElement;
    path.setAttribute('d', d);
    path.setAttribute('class', filled ? 'stemma-mod-filled' : '');
  }
}

/** A button with an icon and a name for screen readers and the tooltip. */
export function iconButton(icon: keyof typeof BUTTON_PATHS, title: string, onClick: () => void): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'stemma-IconButton';
  button.title = title;
  button.setAttribute('aria-label', title);
  const svg = document.createElementNS(NS, 'svg');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(NS, 'path');
  path.setAttribute('d', BUTTON_PATHS[icon]);
  svg.append(path);
  button.append(svg);
  button.addEventListener('click', onClick);
  return button;
}
