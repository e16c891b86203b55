import type { Core } from 'cytoscape';
import { boundsOf, type Box } from '../graph/bounds';
import type { ViewContext } from '../elements/context';
import { h } from '../elements/dom';
import { readTheme, type Theme } from './theme';

/** The longer side, in pixels, and what it takes at most of the width. */
const SIDE = 120;
const SHARE = 0.25;
/** Around it. */
const MARGIN = 8;
/** Smaller graphs are seen as a whole, or nearly. */
const FROM_NODES = 60;

/** Which part of the graph the map shows, and how large. */
interface Frame {
  x: number;
  y: number;
  scale: number;
  box: Box;
}

/** A small picture of a large graph, with a frame around what the screen shows. A click or a drag goes there. */
export class Minimap {
  constructor(
    private readonly _host: HTMLElement,
    private readonly _context: ViewContext,
    private readonly _cy: Core,
    on: {
      /** The person moved the camera. */
      move(): void;
      /** It needs so much space beside the graph, or below it, in pixels. */
      reserve(right: number, bottom: number): void;
    },
  ) {
    this._onMove = on.move;
    this._onReserve = on.reserve;
    this._canvas = h('canvas', 'stemma-Minimap');
    // The tree is what screen readers use.
    this._canvas.setAttribute('aria-hidden', 'true');
    this._canvas.hidden = true;
    _host.append(this._canvas);
    this._canvas.addEventListener('pointerdown', (event) => {
      this._canvas.setPointerCapture(event.pointerId);
      this._go(event);
    });
    this._canvas.addEventListener('pointermove', (event) => {
      if (this._canvas.hasPointerCapture(event.pointerId)) {
        this._go(event);
      }
    });
  }

  /** Redraw it, where there is anything to see. */
  draw(): void {
    const { orientation, places } = this._context.graph.layout;
    const view = this._cy.extent();
    const box = boundsOf(places.values(), orientation);
    if (!box) {
      this._canvas.hidden = true;
      return;
    }
    this._canvas.hidden = places.size < FROM_NODES;
    if (this._canvas.hidden) {
      this._reserve(0, 0);
    }
    const ink = this._canvas.hidden ? null : this._canvas.getContext('2d');
    if (!ink) {
      return;
    }
    const [width, height] = [box.x2 - box.x1, box.y2 - box.y1];
    const side = Math.min(SIDE, this._host.clientWidth * SHARE);
    const scale = side / Math.max(width, height);
    const ratio = devicePixelRatio;
    const size = { width: Math.max(24, width * scale), height: Math.max(24, height * scale) };
    // A chain is narrower than a map can be: it stands in the middle.
    const [left, top] = [(box.x1 + box.x2 - size.width / scale) / 2, (box.y1 + box.y2 - size.height / scale) / 2];
    this._frame = { x: left, y: top, scale, box };
    this._canvas.style.width = `${size.width}px`;
    this._canvas.style.height = `${size.height}px`;
    // It covers nothing: a high map takes a strip at the side, a wide one a strip at the bottom.
    const isHigh = size.height >= size.width;
    this._reserve(isHigh ? size.width + 2 * MARGIN : 0, isHigh ? 0 : size.height + 2 * MARGIN);
    this._canvas.width = size.width * ratio;
    this._canvas.height = size.height * ratio;
    ink.scale(ratio, ratio);
    const theme = (this._theme ??= readTheme(this._host));
    ink.fillStyle = theme.muted;
    const dot = { width: Math.max(1, 150 * scale), height: Math.max(1, 24 * scale) };
    for (const place of places.values()) {
      if (place.rank % 2 === 0) {
        ink.fillRect((place.x - left) * scale - dot.width / 2, (place.y - top) * scale, dot.width, dot.height);
      }
    }
    ink.strokeStyle = theme.accent;
    ink.lineWidth = 1.5;
    ink.strokeRect(
      (view.x1 - left) * scale,
      (view.y1 - top) * scale,
      (view.x2 - view.x1) * scale,
      (view.y2 - view.y1) * scale,
    );
  }

  /** Read the theme again at the next drawing: while a person pans, it stays the same. */
  restyle(): void {
    this._theme = null;
  }

  private _reserve(right: number, bottom: number): void {
    const wanted = `${Math.ceil(right)} ${Math.ceil(bottom)}`;
    if (wanted !== this._reserved) {
      this._reserved = wanted;
      this._onReserve(Math.ceil(right), Math.ceil(bottom));
    }
  }

  private _go(event: PointerEvent): void {
    const { x, y, scale, box } = this._frame;
    const zoom = this._cy.zoom();
    // Beside the graph there is nothing to see.
    const to = {
      x: Math.min(Math.max(event.offsetX / scale + x, box.x1), box.x2),
      y: Math.min(Math.max(event.offsetY / scale + y, box.y1), box.y2),
    };
    this._cy.pan({ x: this._cy.width() / 2 - to.x * zoom, y: this._cy.height() / 2 - to.y * zoom });
    this._onMove();
  }

  private readonly _onMove: () => void;
  private readonly _onReserve: (right: number, bottom: number) => void;
  private _reserved = '0 0';
  private readonly _canvas: HTMLCanvasElement;
  private _theme: Theme | null = null;
  private _frame: Frame = { x: 0, y: 0, scale: 1, box: { x1: 0, y1: 0, x2: 0, y2: 0 } };
}
