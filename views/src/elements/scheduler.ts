/** What takes longer than this leaves the rest to the next frame, so that the page is not kept for long at a time. */
export const LONG_MS = 25;

/**
 * Calls at most once per animation frame, however often it is asked. The latest state wins, since it is read only then.
 * A frame in which others have worked for long is left to them, once.
 */
export class FrameScheduler {
  constructor(private readonly _draw: () => void) {}

  request(): void {
    if (this._handle === null && !this._isDisposed) {
      this._handle = requestAnimationFrame((frameMs) => {
        this._handle = null;
        this._hasWaited = !this._hasWaited && performance.now() - frameMs > LONG_MS;
        if (this._hasWaited) {
          this.request();
        } else {
          this._draw();
        }
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
  private _hasWaited = false;
  private _isDisposed = false;
}
