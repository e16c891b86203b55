/** Calls at most once per animation frame, however often it is asked. The latest state wins, since it is read only then. */
export class FrameScheduler {
  constructor(private readonly _draw: () => void) {}

  request(): void {
    if (this._handle === null && !this._isDisposed) {
      this._handle = requestAnimationFrame(() => {
        this._handle = null;
        this._draw();
      });
    }
  }

  dispose(): void {
    this._isDisposed = true;
    if (this._handle !== null) {
      cancelAnimationFrame(this._handle);
      this._handle = null;
    }
  }

  private _handle: number | null = null;
  private _isDisposed = false;
}
