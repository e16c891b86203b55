import { h, mount, type MountedView, ProvenanceModel, setText } from 'stemma-views';
import type { SnapshotEvent } from '../src/api/types';
import { MonitorSource } from './monitor-source';
import { inSession } from './samples';
import { wording } from './wording';

/** One session on the page, or all of them merged: a title over the views. */
export class SessionPanel {
  readonly element = h('section', 'stemma-Monitor-session');
  readonly source: MonitorSource;
  readonly #model: ProvenanceModel;
  readonly #view: MountedView;
  readonly #title = h('h1', 'stemma-Monitor-title');
  readonly #name = h('span');

  /** `id`: of the session; null for all of them merged. */
  constructor(readonly id: string | null) {
    this.#title.append(this.#name, h('small', '', id?.slice(0, 8) ?? ''));
    const host = h('div', 'stemma-Monitor-panel');
    this.element.append(this.#title, host);
    this.source = new MonitorSource(id);
    this.#model = new ProvenanceModel(this.source);
    this.#view = mount(host, {
      source: this.#model,
      translate: wording,
      actions: { exportDocument: () => this.#export() },
    });
  }

  get hasRecorded(): boolean {
    return !this.#model.store.isEmpty;
  }

  set isShown(isShown: boolean) {
    this.element.hidden = !isShown;
    if (isShown) this.#view.show();
    else this.#view.hide();
  }

  /** Whether its name is shown: one alone needs none. */
  set isTitled(isTitled: boolean) {
    this.#title.hidden = !isTitled;
  }

  snapshot(event: Pick<SnapshotEvent, 'createdMs' | 'document'>): void {
    const name = event.document.session.notebook ?? 'session';
    setText(this.#name, name);
    this.element.setAttribute('aria-label', name);
    this.source.snapshot(event);
  }

  dispose(): void {
    this.#view.dispose();
    this.#model.dispose();
    this.element.remove();
  }

  /** The browser saves what it gets. */
  #export(): void {
    const link = document.createElement('a');
    link.href = `/api/v1/document?samples=true${inSession(this.id)}`;
    link.download = `${this.id?.slice(0, 8) ?? 'merged'}.provenance.json`;
    link.click();
  }
}
