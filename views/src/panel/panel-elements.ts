import { h } from '../elements/dom';

/** The elements that the parts of a panel draw into. */
export interface PanelElements {
  /** The state of the run and its figures; the toolbar is drawn into it. */
  head: HTMLElement;
  toolbar: HTMLElement;
  /** Shown in place of the body while there is no graph. */
  empty: HTMLElement;
  /** Shown in place of the body in the output of what has not run. */
  declared: HTMLElement;
  /** The stage, the divider and the tabs. */
  body: HTMLElement;
  /** The graph, with all that lies over it. */
  stage: HTMLElement;
  tree: HTMLElement;
  graph: HTMLElement;
  legend: HTMLElement;
  notice: HTMLElement;
  search: HTMLElement;
  divider: HTMLElement;
  tabs: HTMLElement;
}

/** Fills `host` with the empty elements of a panel. */
export function panelElements(host: HTMLElement): PanelElements {
  const elements: PanelElements = {
    head: h('div'),
    toolbar: h('div'),
    empty: h('div'),
    declared: h('div'),
    body: h('div', 'stemma-Body'),
    stage: h('div', 'stemma-Stage'),
    tree: h('div'),
    graph: h('div'),
    legend: h('div'),
    notice: h('div'),
    search: h('div'),
    divider: h('div'),
    tabs: h('div'),
  };
  const { head, empty, declared, body, stage, tree, graph, legend, notice, search, divider, tabs } = elements;
  host.classList.add('stemma-Root', 'stemma-Panel');
  stage.append(tree, graph, legend, notice, search);
  body.append(stage, divider, tabs);
  host.replaceChildren(head, empty, declared, body);
  return elements;
}
