import type { DocumentSink, DocumentSource } from './source';
import type { ProvenanceDocument } from 'stemma-document';

/** A document that nothing updates: from a file, or the output of a cell. */
export class SavedSource implements DocumentSource {
  constructor(protected saved: ProvenanceDocument | null = null) {}

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  connect(sink: DocumentSink): void {
    this.sink = sink;
    this.report();
  }

  /** Show another document in place of the previous one. */
  load(document: ProvenanceDocument): void {
    this.saved = document;
    this.report();
  }

  setShown(_isShown: boolean): void {
    // Nothing changes by itself.
  }

  watch(_artifacts: readonly string[]): void {
    // The samples are in the document.
  }

  dispose(): void {
    this._isDisposed = true;
    this.sink = null;
  }

  /** Report the saved document. */
  protected report(): void {
    if (this.saved) {
      this.sink?.setConnection({ state: 'saved' });
      this.sink?.replace(this.saved);
    }
  }

  protected sink: DocumentSink | null = null;
  private _isDisposed = false;
}
