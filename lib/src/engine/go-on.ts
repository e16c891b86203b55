import type { Place } from './place';
import { SkipStage } from './skip-stage';
import type { Stage } from './stage';

/**
 * What to pull from in place of a stage that was just opened, so that it goes on at `place`. A stage that cannot go
 * there by itself emits its items once more, and nobody gets them; null where it is not known how many these are.
 */
export function goOn(stage: Stage, place: Place): Stage | null {
  const there = stage.seek?.(place) ?? null;
  if (there !== null) return there;
  return place.count === null || place.again.length > 0 ? null : new SkipStage(stage, place.count, place.run);
}
