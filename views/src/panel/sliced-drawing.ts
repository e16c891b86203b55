import { FrameScheduler, LONG_MS } from '../elements/scheduler';

/** Draws a picture part by part, as much of it as fits into a frame. */
export class SlicedDrawing {
  /** Draw the first parts now, the others in the next frames. */
  begin(parts: readonly (() => void)[]): void {
    this._left = [...parts];
    this._drawLeft();
  }

  /** Whether anything is left of the picture that was begun; if so, the next frame goes on with it. */
  goOn(): boolean {
    if (this._left.length === 0) {
      return false;
    }
    this._rest.request();
    return true;
  }

  dispose(): void {
    this._rest.dispose();
  }

  private _drawLeft(): void {
    const startedMs = performance.now();
    for (let draw = this._left.shift(); draw; draw = this._left.shift()) {
      draw();
      if (performance.now() - startedMs > LONG_MS && this.goOn()) {
        return;
      }
    }
  }

  private readonly _rest = new FrameScheduler(() => this._drawLeft());
  private _left: (() => void)[] = [];
}
