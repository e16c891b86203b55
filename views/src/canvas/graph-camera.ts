import type { Core } from 'cytoscape';
import type { ViewContext } from '../elements/context';
import type { Follows } from '../model/ui-state';
import { boundsOf, boxOf } from '../graph/bounds';
import { bringIntoView, frame, frameAll, frameGroup, nodeInView } from './camera';

/** Where the person looks. The camera follows new nodes until a person moves it, and again after `fit`. */
export class GraphCamera {
  constructor(private readonly _context: ViewContext) {}

  /** How much of the top is covered, in pixels: by the box of a search. */
  covered = 0;

  /** Look at the graph on this canvas from now on; null: there is none any more. */
  attach(cy: Core | null): void {
    this._cy = cy;
  }

  /** A person moved the camera, so it stays. */
  release(): void {
    this._follows = 'nothing';
  }

  /** Show the whole graph, and follow new nodes again. */
  fit(): void {
    this._follows = 'whole';
    this._frameAll(true);
  }

  /** Another graph is drawn, or in another orientation: look at its beginning, and follow new nodes again. */
  reset(): void {
    this._follows = 'new';
    this._frame(null, false);
  }

  /** Nodes were added. */
  follow(added: readonly string[], areFirst: boolean): void {
    if (this._follows === 'whole' && added.length > 0) {
      this._frameAll(true);
    } else if (this._follows === 'new' && added.length > 0) {
      this._frame(areFirst ? null : added, !areFirst);
    }
  }

  /** The canvas has another size. */
  resized(): void {
    if (this._follows === 'whole') {
      this._frameAll(false);
    } else if (this._follows === 'new') {
      this._frame(null, false);
    }
  }

  /** Look where the last view of this graph looked. False where that was another picture of it, or none. */
  restore(): boolean {
    const { graph, ui } = this._context;
    const { camera } = ui;
    if (!this._cy || camera?.picture !== graph.picture) {
      return false;
    }
    this._follows = camera.follows;
    this._cy.viewport({ zoom: camera.zoom, pan: camera.pan });
    return true;
  }

  /** Keep where it looks now for the next view. */
  keep(): void {
    if (this._cy) {
      const { graph, ui } = this._context;
      const { x, y } = this._cy.pan();
      ui.camera = { zoom: this._cy.zoom(), pan: { x, y }, picture: graph.picture, follows: this._follows };
    }
  }

  /**
   * Call what moves the nodes. Once a person has moved the camera, the selected node, or the one nearest to the middle
   * of the screen, keeps its place on the screen.
   */
  holding(move: () => void): void {
    const cy = this._cy;
    const { layout } = this._context.graph;
    const held = cy && nodeInView(cy, layout.places, this._context.ui.selected);
    const from = layout.places.get(held ?? '');
    move();
    const to = layout.places.get(held ?? '');
    if (this._follows === 'whole') {
      this._frameAll(false);
    } else if (this._follows === 'new') {
      this._frame(null, false);
    } else if (cy && from && to) {
      cy.stop();
      cy.panBy({ x: (from.x - to.x) * cy.zoom(), y: (from.y - to.y) * cy.zoom() });
    }
  }

  /** Bring a node into view without changing the scale. */
  reveal(id: string): void {
    const { orientation, places } = this._context.graph.layout;
    const place = places.get(id);
    if (this._cy && place) {
      const [zoom, pan] = [this._cy.zoom(), this._cy.pan()];
      const { x1, y1, x2, y2 } = boxOf(place, orientation);
      const [left, top] = [x1 * zoom + pan.x, y1 * zoom + pan.y];
      const [right, bottom] = [x2 * zoom + pan.x, y2 * zoom + pan.y];
      bringIntoView(this._cy, { x1: left, y1: top, x2: right, y2: bottom }, this.covered);
    }
  }

  /**
   * A group was opened: bring all of it into view, with something of what is beside it, as far as it stays readable.
   */
  revealGroup(members: readonly string[]): void {
    const { orientation, places } = this._context.graph.layout;
    const box = boundsOf(
      members.flatMap((id) => places.get(id) ?? []),
      orientation,
    );
    const whole = boundsOf(places.values(), orientation);
    if (this._cy && box && whole) {
      frameGroup(this._cy, box, whole);
    }
  }

  /**
   * The wheel scrolls, as everywhere else in the window; with Ctrl or ⌘ (a pinch on a touchpad) it zooms, which
   * cytoscape does by itself.
   */
  wheel(event: WheelEvent): void {
    this._follows = 'nothing';
    if (event.ctrlKey || event.metaKey || !this._cy) {
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
    const [x, y] = event.shiftKey ? [event.deltaY, 0] : [event.deltaX, event.deltaY];
    this._cy.panBy({ x: -x * unit, y: -y * unit });
  }

  private _frameAll(animated: boolean): void {
    if (this._cy) {
      frameAll(this._cy, this._context.graph.layout, animated);
    }
  }

  private _frame(ids: readonly string[] | null, animated: boolean): void {
    if (this._cy) {
      frame(this._cy, this._context.graph.layout, ids, animated);
    }
  }

  private _cy: Core | null = null;
  private _follows: Follows = 'new';
}
