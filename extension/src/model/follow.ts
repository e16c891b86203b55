import type { DrawnNode } from '../graph/fold';
import type { ProvenanceStore } from './store';
import type { Sample } from './types';

/** What became of one item at a drawn artifact. */
export interface FollowStep {
  node: DrawnNode;
  sample: Sample | null;
}

/** One origin along the pipeline: the sample of it that each stream kept, in the order of the pipeline. Streams that it never passed are left out. */
export function followOrigin(origin: string, nodes: readonly DrawnNode[], store: ProvenanceStore): FollowStep[] {
  const steps: FollowStep[] = [];
  for (const node of nodes) {
    if (node.type === 'artifact') {
      const sample =
        node.members
          .flatMap((id) => store.samples.get(id) ?? [])
          .filter((candidate) => candidate.origins.includes(origin))
          // The newest run is what a person looks at.
          .at(-1) ?? null;
      steps.push({ node, sample });
    }
  }
  return steps.filter((step) => step.sample !== null);
}
