import type { Changed } from '../elements/dom';
import { FrameScheduler, LONG_MS } from '../elements/scheduler';
import { SlicedDrawing } from './sliced-drawing';

/** How often the clock of a running pipeline is redrawn, in milliseconds. */
const TICK_MS = 200;

/** What a loop draws. */
export interface Drawable {
  /** Bring up to date what all parts read. */
  prepare(): void;
  /** The parts of a picture, in order, given what changed since the last one. */
  parts(changed: Changed): readonly (() => void)[];
  /** The shortest time between two pictures of what the kernel sent, in milliseconds. */
  pauseMs(): number;
}

/**
 * Decides when the panel is drawn: in animation frames, only while it is shown, and what the kernel sends no more often
 * than the person wants.
 */
export class DrawLoop {
  constructor(private readonly _picture: Drawable) {}

  /** Draw in the next frame. */
  request(): void {
    if (this._isShown) {
      this._scheduler.request();
    }
  }

  /** Draw everything in the next frame, not only what changed. */
  requestAll(): void {
    this._changed = null;
    this.request();
  }

  /** Draw what changed (null: anything may have) as soon as the update rate allows. */
  requestChanged(ids: readonly string[] | null): void {
    if (ids === null) {
      this._changed = null;
    }
    ids?.forEach((id) => this._changed?.add(id));
    const waitMs = this._drawnMs + this._picture.pauseMs() - performance.now();
    if (waitMs <= 0) {
      this.request();
    } else {
      this._soon ??= setTimeout(() => this.request(), waitMs);
    }
  }

  /** Whether a clock runs in the picture, so that it is drawn again without a change. */
  setTicking(isTicking: boolean): void {
    clearTimeout(this._tick);
    if (isTicking) {
      this._tick = setTimeout(() => this.request(), Math.max(TICK_MS, this._picture.pauseMs()));
    }
  }

  show(): void {
    this._isShown = true;
    this.request();
  }

  hide(): void {
    this._isShown = false;
  }

  /** Draw without waiting for a frame. */
  draw(): void {
    if (!this._isShown) {
      return;
    }
    if (this._drawing.goOn()) {
      // The last picture is finished first, even where a part of it has failed.
      this._scheduler.request();
      return;
    }
    this._drawnMs = performance.now();
    clearTimeout(this._soon);
    this._soon = undefined;
    this._picture.prepare();
    if (performance.now() - this._drawnMs > LONG_MS) {
      // A large graph was laid out: it is drawn in the next frame.
      this._scheduler.request();
      return;
    }
    const changed = this._changed;
    this._changed = new Set();
    this._drawing.begin(this._picture.parts(changed));
  }

  dispose(): void {
    this._scheduler.dispose();
    this._drawing.dispose();
    clearTimeout(this._tick);
    clearTimeout(this._soon);
  }

  private readonly _scheduler = new FrameScheduler(() => this.draw());
  private readonly _drawing = new SlicedDrawing();
  private _changed: Set<string> | null = null;
  private _tick: ReturnType<typeof setTimeout> | undefined;
  private _soon: ReturnType<typeof setTimeout> | undefined;
  private _drawnMs = 0;
  private _isShown = true;
}
