import ts = require('typescript');
import { type BoundFile, topLevelSymbols } from './typescript';

/** What a top-level name stands for: a value, a type (or namespace), or both. */
export interface Meaning {
  isValue: boolean;
  isType: boolean;
}

/** A cell that declares a name. */
export interface Declaring extends Meaning {
  file: string;
}

/**
 * The cells in which names are declared, the latest first; another than the latest where that one declares only a type,
 * or only a value.
 */
export type Scope = ReadonlyMap<string, readonly Declaring[]>;

/** What can be seen after a cell that declares these names. */
export function extend(scope: Scope, file: string, declared: ReadonlyMap<string, Meaning>): Scope {
  const extended = new Map(scope);
  for (const [name, meaning] of declared) {
    const added = { file, ...meaning };
    extended.set(name, [added, ...beyond(scope.get(name) ?? [], meaning)]);
  }
  return extended;
}

/** The part of a scope that a file can refer to, which declares some names itself. */
export function partFor(scope: Scope, { identifiers }: BoundFile, own: ReadonlyMap<string, Meaning>): Scope {
  const part = new Map<string, readonly Declaring[]>();
  for (const name of identifiers.keys()) {
    const declaring = beyond(scope.get(name) ?? [], own.get(name));
    if (declaring.length > 0) part.set(name, declaring);
  }
  return part;
}

/** Those declarations of a name that mean something else than a newer one. */
function beyond(declaring: readonly Declaring[], newer: Meaning = { isValue: false, isType: false }): Declaring[] {
  return declaring.filter(({ isValue, isType }) => (isValue && !newer.isValue) || (isType && !newer.isType));
}

/**
 * Lets the names of a scope be seen from a file: the compiler looks a name up in the nodes around it, and those that it
 * is given here are around the file.
 */
export function enclose(file: BoundFile, scope: Scope, find: (file: string) => BoundFile | undefined): void {
  const levels: Map<string, ts.Symbol>[] = [];
  const tables = new Map<string, Map<string, ts.Symbol>>();
  for (const [name, declaring] of scope) {
    declaring.forEach(({ file: from }, level) => {
      if (!tables.has(from)) tables.set(from, topLevelSymbols(find(from) ?? ({} as BoundFile)));
      const symbol = tables.get(from)!.get(name);
      if (symbol !== undefined) (levels[level] ??= new Map<string, ts.Symbol>()).set(name, symbol);
    });
  }
  let outer: ts.Node | undefined;
  for (const locals of levels.reverse().filter(Boolean)) {
    const block = ts.factory.createBlock([]) as ts.Block & { locals: unknown };
    outer = Object.assign(block, { locals, parent: outer });
  }
  (file as { parent?: ts.Node }).parent = outer;
}
