import { h, setAttribute } from '../elements/dom';

/** How far a run is. */
export class ProgressBar {
  constructor(name: string) {
    this.element.setAttribute('role', 'progressbar');
    this.element.setAttribute('aria-label', name);
    this.element.append(this._fill);
  }

  readonly element = h('div', 'stemma-Progress');

  /** A share from 0 to 1; null while a run's length is unknown. */
  set(state: string, progress: number | null): void {
    setAttribute(this.element, 'data-state', state);
    this.element.classList.toggle('stemma-mod-indeterminate', state === 'running' && progress === null);
    setAttribute(this.element, 'aria-valuenow', progress === null ? null : String(Math.round(progress * 100)));
    this._fill.style.transform = `scaleX(${progress ?? 1})`;
  }

  /** Nothing has run. */
  clear(): void {
    this._fill.style.transform = 'scaleX(0)';
  }

  private readonly _fill = h('div', 'stemma-Progress-fill');
}
