import type { Artifact } from '../model/document';
import type { Change } from './change';
import { changedMembers, type Members } from './compare-members';

/**
 * The statistics of fields that are not the same: `fields.box.x.mean`. Fields that only one side has are in the schema.
 */
export function changedStatistics(a: Artifact | undefined, b: Artifact | undefined): Change[] {
  const others = new Map(b?.execution.fields.map((field) => [field.path, field]));
  return (a?.execution.fields ?? []).flatMap((field) => {
    const other = others.get(field.path);
    const before = field.path === '' ? 'fields.' : `fields.${field.path}.`;
    return other === undefined ? [] : changedMembers('statistics', shown(field), shown(other), before);
  });
}

const shown = ({ missing, min, max, mean, distinct }: Artifact['execution']['fields'][number]): Members => ({
  missing,
  min,
  max,
  mean,
  distinct,
});
