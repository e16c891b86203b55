/**
 * Make an element with a class and text. Text only ever goes through `textContent`: what data contain is never markup.
 */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className = '',
  text?: string,
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  if (className !== '') {
    element.className = className;
  }
  if (text !== undefined) {
    element.textContent = text;
  }
  return element;
}

/** Write a text only where it differs, so that ten updates a second cost no layout where nothing changed. */
export function setText(node: Node, text: string): void {
  if (node.textContent !== text) {
    node.textContent = text;
  }
}

/** Set or remove an attribute, only where it differs. */
export function setAttribute(element: Element, name: string, value: string | null): void {
  if (value === null) {
    element.removeAttribute(name);
  } else if (element.getAttribute(name) !== value) {
    element.setAttribute(name, value);
  }
}

/** Hide or show an element, only where it differs. */
export function setHidden(element: HTMLElement | null, isHidden: boolean): void {
  if (element && element.hidden !== isHidden) {
    element.hidden = isHidden;
  }
}

/** Ids of processes and artifacts that changed since the last frame; null: any may have. */
export type Changed = ReadonlySet<string> | null;

/** A part of the panel: draws itself into an element, follows its model until it is disposed. */
export interface View {
  /** Draw what changed since the last time. */
  update(changed?: Changed): void;
  dispose(): void;
}
