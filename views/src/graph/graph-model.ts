import { Emitter } from '../model/emitter';
import type { ProvenanceStore } from '../model/store';
import { type DrawnNode, groupNodes, GROUP_FROM, type GraphNode, visibleGraph } from 'stemma-document';
import { type Grid, gridOf } from './grid';
import { IncrementalLayout, type Orientation } from './layout';
import { extentOf } from './node-box';
import { tidyOffThread } from './tidy-off-thread';

/**
 * The graph as it is drawn: visible, grouped and placed. It is rebuilt only when nodes come or go, not when a count
 * changes.
 *
 * Life cycle: listens to its store until `dispose`; `refresh` is called by who draws, so that a hidden panel computes
 * nothing.
 */
export class GraphModel {
  constructor(private readonly _store: ProvenanceStore) {
    this._stop = _store.changed.on((change) => {
      this._isDirty ||= change.topology;
    });
  }

  /** The drawn graph has other nodes than before. */
  readonly changed = new Emitter<void>();

  get nodes(): readonly DrawnNode[] {
    return this._nodes;
  }

  get layout(): IncrementalLayout {
    return this._layout;
  }

  node(id: string): DrawnNode | undefined {
    return this._byId.get(id);
  }

  /** The drawn node that stands for a process or artifact of the document. */
  drawnFor(member: string): DrawnNode | undefined {
    return this._byMember.get(member);
  }

  /** The drawn nodes that stand for these, or all of them. */
  affected(ids: ReadonlySet<string> | null): readonly DrawnNode[] {
    return ids === null ? this._nodes : [...new Set([...ids].flatMap((id) => this._byMember.get(id) ?? []))];
  }

  /** The group that this node is a member of, drawn open or closed. */
  groupOf(id: string): string | undefined {
    return id.startsWith('group:') ? id : this._groups.get(id);
  }

  isOpen(groupId: string): boolean {
    return this._open.has(groupId);
  }

  /** Open or close a group, and with it the groups that it is linked to: the ten sources with their ten streams. */
  toggle(groupId: string): void {
    const chain = this._linkedGroups(groupId);
    const opening = !this._open.has(groupId);
    for (const id of chain) {
      if (opening) {
        this._open.add(id);
      } else {
        this._open.delete(id);
      }
    }
    this._layout.loosen();
    this._isDirty = true;
    this.refresh();
  }

  /** The open groups, each as the drawn nodes that are its members. */
  get frames(): readonly (readonly string[])[] {
    return this._grid.frames;
  }

  get orientation(): Orientation {
    return this._layout.orientation;
  }

  set orientation(value: Orientation) {
    if (value !== this._layout.orientation) {
      this._layout.orientation = value;
      this._picture++;
      this._isDirty = true;
      this.refresh();
    }
  }

  /** From how many alike on they are drawn as one; infinity groups nothing. */
  get groupFrom(): number {
    return this._groupFrom;
  }

  set groupFrom(value: number) {
    if (value !== this._groupFrom) {
      this._groupFrom = value;
      this._isDirty = true;
      this.refresh();
    }
  }

  /** Whether each cell is drawn as one node. */
  get groupCells(): boolean {
    return this._groupCells;
  }

  set groupCells(value: boolean) {
    if (value !== this._groupCells) {
      this._groupCells = value;
      this._groups = new Map();
      this._begin();
      this._isDirty = true;
      this.refresh();
    }
  }

  get showSuperseded(): boolean {
    return this._showSuperseded;
  }

  set showSuperseded(value: boolean) {
    if (value !== this._showSuperseded) {
      this._showSuperseded = value;
      this._isDirty = true;
      this.refresh();
    }
  }

  /**
   * Lay out from scratch. Returns a function that moves the nodes to their new places, unless another layout has
   * started meanwhile.
   */
  async tidy(): Promise<() => void> {
    this.refresh();
    const { picture } = this;
    const nodes = this._nodes.map((node) => ({
      id: node.id,
      parents: node.parents,
      uses: node.uses,
      extent: this._layout.extentOf(node),
      rowsAbove: this._grid.rowsAbove(node.id),
    }));
    const tidied = await tidyOffThread(nodes, this._layout.room);
    return () => {
      this.refresh();
      if (picture === this.picture) {
        this._layout.adopt(this._nodes, tidied, this._grid);
        this._nodes = [...this._nodes];
        this.changed.emit();
      }
    };
  }

  /** Another number means that another graph is drawn, or another way, which is looked at from its beginning. */
  get picture(): number {
    return this._picture;
  }

  /** Build the graph if nodes came or went since the last time. */
  refresh(): void {
    if (!this._isDirty) {
      return;
    }
    this._isDirty = false;
    const session = this._store.session?.id ?? null;
    if (session !== this._session) {
      this._session = session;
      this._begin();
      this._open.clear();
      this._groups = new Map();
    }
    this._visible = visibleGraph(this._store, this._showSuperseded);
    const { drawn, groups, kinds } = groupNodes(this._visible, this._store, this._open, {
      previous: this._groups,
      from: this._groupFrom,
      cells: this._groupCells,
    });
    const byMember = this._byMember;
    this._nodes = drawn;
    this._groups = groups;
    this._byId = new Map();
    this._byMember = new Map();
    for (const node of drawn) {
      this._byId.set(node.id, node);
      node.members.forEach((member) => this._byMember.set(member, node));
    }
    const isOpen = (id: string): string | undefined => {
      const group = groups.get(id);
      return group !== undefined && this._open.has(group) && kinds.get(group) === 'siblings' ? group : undefined;
    };
    this._grid = gridOf(drawn, isOpen);
    this._layout.update(drawn, { before: (node) => formerly(node, byMember), grid: this._grid });
    this.changed.emit();
  }

  dispose(): void {
    this._stop();
    this.changed.clear();
  }

  private _begin(): void {
    this._layout.forget();
    this._byMember.clear();
    this._picture++;
  }

  /** Groups with as many members that are joined to this one, directly or through others. */
  private _linkedGroups(groupId: string): Set<string> {
    const sizes = new Map<string, number>();
    for (const id of this._groups.values()) {
      sizes.set(id, (sizes.get(id) ?? 0) + 1);
    }
    const joined = new Map<string, Set<string>>();
    for (const node of this._visible) {
      const own = this._groups.get(node.id);
      for (const parent of node.parents) {
        const above = this._groups.get(parent);
        if (own && above && sizes.get(own) === sizes.get(above)) {
          link(joined, own, above);
          link(joined, above, own);
        }
      }
    }
    const found = new Set([groupId]);
    for (const id of found) {
      joined.get(id)?.forEach((other) => found.add(other));
    }
    return found;
  }

  private readonly _layout = new IncrementalLayout((node, orientation) => extentOf(node, this._store, orientation));
  private _grid: Grid = gridOf([], () => undefined);
  private readonly _open = new Set<string>();
  private readonly _stop: () => void;
  private _visible: readonly GraphNode[] = [];
  private _nodes: readonly DrawnNode[] = [];
  private _byId = new Map<string, DrawnNode>();
  private _byMember = new Map<string, DrawnNode>();
  private _groups = new Map<string, string>();
  private _session: string | null = null;
  private _groupFrom = GROUP_FROM;
  private _groupCells = false;
  private _showSuperseded = false;
  private _picture = 0;
  private _isDirty = true;
}

function link(joined: Map<string, Set<string>>, from: string, to: string): void {
  joined.set(from, (joined.get(from) ?? new Set()).add(to));
}

/** Ids of the drawn nodes that stood for the members of this one. */
function formerly(node: DrawnNode, byMember: ReadonlyMap<string, DrawnNode>): string[] {
  return [...new Set(node.members.flatMap((member) => byMember.get(member)?.id ?? []))];
}
