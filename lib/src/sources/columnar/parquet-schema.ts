import { setField } from '../../util/set-field';
import type { Values } from './options';
import { type Convert, type Element, leafOf } from './parquet-leaf';

export interface Column {
  name: string;
  /** What it is called in the plan's schema. */
  key: string;
  /** What its values are, in words. */
  kind: string;
  convert: Convert;
}

export interface Plan {
  columns: Column[];
  /**
   * For hyparquet: only how values are stored and nested, so that they come as they are, under names of our own. Two
   * columns may have one name; hyparquet takes a column `a.b` for the field b of a, and loses `__proto__`.
   */
  schema: Element[];
  /** The paths of the leaves in `schema`, in their order. */
  paths: string[][];
}

interface Branch {
  element: Element;
  key: string;
  children: Branch[];
}

/**
 * How the columns that `isRead` names are read.
 *
 * @throws if one of them is of a type that is not read.
 */
export function planOf(elements: readonly Element[], values: Values, isRead: (name: string) => boolean): Plan {
  const root = branchAt(elements, 0).branch;
  const plan: Plan = {
    columns: [],
    schema: [{ name: 'root', num_children: root.children.length }],
    paths: [],
  };
  for (const branch of root.children) {
    const { name } = branch.element;
    const read = isRead(name);
    try {
      if (read) plan.columns.push({ name, key: branch.key, kind: kindOf(branch), convert: repeated(branch, values) });
      store(branch, [], read, plan);
    } catch (error) {
      throw new Error(`column ${JSON.stringify(name)}: ${(error as Error).message}`, { cause: error });
    }
  }
  return plan;
}

function branchAt(elements: readonly Element[], at: number): { branch: Branch; next: number } {
  const element = elements[at]!;
  const children: Branch[] = [];
  let next = at + 1;
  for (let i = 0; i < (element.num_children ?? 0); i++) {
    const child = branchAt(elements, next);
    children.push(child.branch);
    next = child.next;
  }
  return { branch: { element, key: `c${at}`, children }, next };
}

function store({ element, key, children }: Branch, above: readonly string[], read: boolean, plan: Plan): void {
  const { type, type_length, repetition_type, num_children } = element;
  const path = [...above, key];
  plan.schema.push({
    name: key,
    type,
    type_length,
    repetition_type,
    num_children,
    ...(isList(element) ? { converted_type: 'LIST' } : {}),
    ...(children.length === 0 && read ? leafOf(element).stored : {}),
  });
  if (children.length === 0) plan.paths.push(path);
  for (const child of children) store(child, path, read, plan);
}

const isList = ({ converted_type, logical_type }: Element): boolean =>
  converted_type === 'LIST' || logical_type?.type === 'LIST';

const isMap = ({ converted_type, logical_type }: Element): boolean =>
  converted_type === 'MAP' || converted_type === 'MAP_KEY_VALUE' || logical_type?.type === 'MAP';

/** Of a field that may be repeated by itself, as Protocol Buffers have it. */
function repeated(branch: Branch, values: Values): Convert {
  const convert = nullable(branch, values);
  return branch.element.repetition_type === 'REPEATED' ? listOf(convert) : convert;
}

const listOf =
  (convert: Convert): Convert =>
  (value) =>
    value === undefined || value === null ? null : Array.from(value as ArrayLike<unknown>, convert);

function nullable(branch: Branch, values: Values): Convert {
  const convert = converterOf(branch, values);
  return (value) => (value === undefined || value === null ? null : convert(value));
}

function converterOf(branch: Branch, values: Values): Convert {
  const { element, children } = branch;
  if (element.logical_type?.type === 'VARIANT')
    throw new Error('its type VARIANT is not read; leave it out: columns: […]');
  if (children.length === 0) return leafOf(element).converter(values);
  const [group] = children;
  if (isList(element) && children.length === 1 && group!.element.repetition_type === 'REPEATED') {
    // Of three levels, or of two, as hyparquet reads them.
    const item = group!.children.length === 1 ? group!.children[0]! : group!;
    if (group!.children.length <= 1) return listOf(nullable(item, values));
  }
  if (isMap(element) && children.length === 1 && group!.children.length === 2) return mapOf(group!, values);
  const fields = children.map((child) => ({
    name: child.element.name,
    key: child.key,
    convert: repeated(child, values),
  }));
  return (value) => {
    const record = {};
    for (const { name, key, convert } of fields)
      setField(record, name, convert((value as { [key: string]: unknown })[key]));
    return record;
  };
}

/** What the values of a field are, whatever stores them. */
function kindOf(branch: Branch): string {
  const { element, children } = branch;
  const kind = children.length === 0 ? leafOf(element).kind : kindOfGroup(branch);
  return element.repetition_type === 'REPEATED' ? `lists of ${kind}` : kind;
}

function kindOfGroup({ element, children }: Branch): string {
  const fields = (of: readonly Branch[]): string =>
    `{ ${of.map((child) => `${child.element.name}: ${kindOf(child)}`).join(', ')} }`;
  const [group] = children;
  if (isList(element) && children.length === 1) {
    const item = group!.children.length === 1 ? group!.children[0]! : group!;
    return `lists of ${item === group ? kindOf(group).replace(/^lists of /, '') : kindOf(item)}`;
  }
  if (isMap(element) && children.length === 1) return `maps of ${fields(group!.children)}`;
  return `records of ${fields(children)}`;
}

/** A record where the keys are texts, else a Map. */
function mapOf(group: Branch, values: Values): Convert {
  const [key, item] = group.children as [Branch, Branch];
  const [keyOf, itemOf] = [nullable(key, values), repeated(item, values)];
  const isRecord = leafOf(key.element).isText;
  return (value) => {
    const entries = (value as { [key: string]: { [key: string]: unknown }[] })[group.key] ?? [];
    const map = new Map(entries.map((entry) => [keyOf(entry[key.key]), itemOf(entry[item.key])]));
    if (map.size < entries.length) throw new Error('a map has a key twice; leave the column out: columns: […]');
    if (!isRecord) return map;
    const record = {};
    for (const [name, each] of map) setField(record, name as string, each);
    return record;
  };
}
