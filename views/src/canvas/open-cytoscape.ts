import type cytoscape from 'cytoscape';
import type { Core, NodeSingular, StylesheetJson } from 'cytoscape';

/** The function that makes a graph. */
export type Cytoscape = typeof cytoscape;

/** What a person does to the graph with the pointer. */
export interface PointerEvents {
  /** A click selects a node, or nothing (null); so does opening the menu of a node. */
  select(id: string | null): void;
  /** A click on a node, on an edge, or beside them (null), after `select`. */
  tap(id: string | null): void;
  /** A double click on a node. */
  open(id: string): void;
  /** The pointer came over a node, or left it (null). */
  hover(id: string | null): void;
  /** A drag moved the camera. */
  pan(): void;
  /** The screen shows another part of the graph, or another size of it. */
  viewport(): void;
}

/** Loads cytoscape, which most pages need late or never; null where it cannot be loaded. */
export function loadCytoscape(): Promise<Cytoscape | null> {
  return import('cytoscape').then(
    (loaded) => loaded.default,
    () => null,
  );
}

/** An empty graph in `container`. */
export function openCytoscape(
  create: Cytoscape,
  container: HTMLElement,
  style: StylesheetJson,
  on: PointerEvents,
): Core {
  const cy = create({
    container,
    layout: { name: 'preset' },
    style,
    minZoom: 0.02,
    maxZoom: 2.5,
    autoungrabify: true,
    boxSelectionEnabled: false,
    selectionType: 'single',
  });
  const idOf = (target: unknown): string | null => (target === cy ? null : (target as NodeSingular).id());
  cy.on('tap', 'node', (event) => on.select(idOf(event.target)));
  cy.on('tap', ({ target }) => {
    if (target === cy) {
      on.select(null);
    }
    on.tap(idOf(target));
  });
  // Selected before the menu opens, since the menu acts on the selection.
  cy.on('cxttapstart', 'node', (event) => on.select(idOf(event.target)));
  cy.on('dbltap', 'node', (event) => on.open(idOf(event.target) ?? ''));
  cy.on('dragpan', () => on.pan());
  cy.on('viewport resize', () => on.viewport());
  cy.on('mouseover', 'node', (event) => {
    container.style.cursor = 'pointer';
    on.hover(idOf(event.target));
  });
  cy.on('mouseout', 'node', () => {
    container.style.cursor = '';
    on.hover(null);
  });
  return cy;
}
