import type { ArrowType } from './arrow';
import { Type } from './arrow-type';
import { NOTHING } from './same-columns';

/** What the values of an Arrow type are to a person, whatever width or unit stores them. */
export function kindOfArrow(type: ArrowType): string {
  const children = (type.children ?? []).map((child) => ({ name: child.name, kind: kindOfArrow(child.type) }));
  switch (type.typeId as Type) {
    case Type.Null:
      return NOTHING;
    case Type.Int:
      return type.bitWidth === 64 ? 'integers of 64 bits' : 'numbers';
    case Type.Duration:
      return 'durations';
    case Type.Float:
      return 'numbers';
    case Type.Bool:
      return 'booleans';
    case Type.Binary:
    case Type.FixedSizeBinary:
    case Type.LargeBinary:
      return 'bytes';
    case Type.Utf8:
    case Type.LargeUtf8:
      return 'texts';
    case Type.Decimal:
      return 'decimals';
    case Type.Date:
      return 'dates';
    case Type.Time:
      return 'times of day';
    case Type.Timestamp:
      return typeof type.timezone === 'string' && type.timezone !== '' ? 'timestamps' : 'timestamps without a zone';
    case Type.Dictionary:
      return type.dictionary === undefined ? String(type) : kindOfArrow(type.dictionary);
    case Type.List:
    case Type.FixedSizeList:
      return `lists of ${children[0]!.kind}`;
    case Type.Map:
      return `maps of ${children[0]!.kind}`;
    case Type.Struct:
      return `records of { ${children.map(({ name, kind }) => `${name}: ${kind}`).join(', ')} }`;
    default:
      return String(type);
  }
}
