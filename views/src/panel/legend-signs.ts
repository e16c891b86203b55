const NS = 'http://www.w3.org/2000/svg';

/** Shapes in a box of 44 by 20, with the classes that colour them. */
const SIGNS = {
  step: '<rect class="box" x="3" y="4" width="38" height="13" rx="4"/>',
  pile: '<rect class="box faint" x="6" y="2" width="36" height="13" rx="4"/><rect class="box" x="2" y="5" width="36" height="13" rx="4"/>',
  stream: '<circle class="filled" cx="22" cy="10" r="4.5"/>',
  value: '<path class="filled" d="M22 3.5l6.5 6.5l-6.5 6.5l-6.5-6.5z"/>',
  edge: '<path class="line" d="M3 10h14"/><path class="line wide" d="M22 10h18"/>',
  uses: '<path class="line dashed" d="M3 10h38"/>',
  loss: '<rect class="pill" x="10" y="3" width="24" height="14" rx="3"/><text class="loss" x="22" y="13.5" text-anchor="middle">−6</text>',
  selected: '<rect class="box chosen" x="4" y="4" width="36" height="12" rx="4"/>',
  lit: '<rect class="halo" x="1" y="1" width="42" height="18" rx="6"/><rect class="box" x="5" y="4.5" width="34" height="11" rx="4"/>',
  outdated: '<rect class="box faint" x="3" y="4" width="38" height="13" rx="4"/>',
  frame: '<rect class="line dashed" x="2" y="2" width="40" height="16" rx="4"/>',
} as const;

/** A sign of the graph. */
export type Sign = keyof typeof SIGNS;

/** A sign as the graph draws it, in the colours of the theme. */
export function legendSign(sign: Sign): SVGSVGElement {
  const svg = document.createElementNS(NS, 'svg');
  svg.setAttribute('viewBox', '0 0 44 20');
  svg.setAttribute('class', 'stemma-LegendSign');
  svg.setAttribute('aria-hidden', 'true');
  // Constants of this file, never data.
  svg.innerHTML = SIGNS[sign];
  return svg;
}
