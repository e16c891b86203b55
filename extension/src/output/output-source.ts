import { mirror, type ProvenanceDocument, SavedSource } from 'stemma-views';
import type { NotebookProvenance } from '../notebook/notebook-provenance';
import type { ProvenanceHost } from '../host/provenance-host';

/**
 * The document in the output of a cell. While the output is on the screen and the kernel that made the document lives,
 * it reports what that kernel sends; until then and afterwards, the document.
 */
export class OutputSource extends SavedSource {
  /** `_node`: where the document is shown. Only in the output of a cell it follows a kernel: a file is what it is. */
  constructor(
    private readonly _node: Element,
    private readonly _host: ProvenanceHost,
  ) {
    super();
  }

  /** The notebook whose kernel it follows; null while it shows the saved document. */
  get live(): NotebookProvenance | null {
    return this._live.length > 0 ? this._notebook : null;
  }

  /** Whether the output shows all of the session, also what comes later, or only the steps in its document. */
  isWhole = false;

  override load(document: ProvenanceDocument): void {
    if (this.live && document.session.id === this.saved?.session.id) {
      // The kernel has sent more than this already.
      this.saved = document;
      return;
    }
    this._leave();
    super.load(document);
    this._find();
  }

  override setShown(isShown: boolean): void {
    this._stop?.();
    this._stop = isShown ? this._host.changed.on(() => this._find()) : null;
    this._find();
  }

  override watch(artifacts: readonly string[]): void {
    this._watched = artifacts;
    this._watchLive();
  }

  override dispose(): void {
    this.setShown(false);
    super.dispose();
  }

  private _find(): void {
    const { saved } = this;
    const follows = this._stop !== null && saved !== null && this._node.closest('.jp-OutputArea') !== null;
    const notebook = follows ? this._host.find(this._node, saved.session.id) : null;
    if (notebook === this._notebook) {
      return;
    }
    this._leave();
    this._notebook = notebook;
    if (notebook) {
      this._following.push(
        notebook.show(),
        notebook.store.changed.on(() => this._follow()),
      );
      this._follow();
    }
  }

  private _follow(): void {
    const { _notebook: notebook, saved, sink } = this;
    const isLive = notebook !== null && notebook.store.session?.id === saved?.session.id && !notebook.store.isStale;
    if (isLive === (this.live !== null)) {
      return;
    }
    if (!isLive || !saved || !sink) {
      this._stopLive();
      return;
    }
    const ids = this.isWhole ? null : new Set([...saved.processes, ...saved.artifacts].map((one) => one.id));
    this._live.push(mirror(notebook.store, sink, ids), () => this._unwatch());
    this._watchLive();
  }

  /** Ask the kernel for the samples that the output shows, along with those of the panel. */
  private _watchLive(): void {
    const before = this._unwatch;
    this._unwatch = this.live?.ui.watch(this._watched) ?? idle;
    before();
  }

  private _stopLive(): void {
    if (this.live) {
      this._live.splice(0).forEach((stop) => stop());
      this.sink?.setConnection({ state: 'saved' });
    }
  }

  private _leave(): void {
    this._following.splice(0).forEach((stop) => stop());
    this._stopLive();
    this._notebook = null;
  }

  private readonly _following: (() => void)[] = [];
  private readonly _live: (() => void)[] = [];
  private _stop: (() => void) | null = null;
  private _unwatch: () => void = idle;
  private _watched: readonly string[] = [];
  private _notebook: NotebookProvenance | null = null;
}

function idle(): void {
  // Nothing is watched.
}
