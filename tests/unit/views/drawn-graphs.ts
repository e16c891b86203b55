import fc from 'fast-check';
import type { DrawnNode } from 'stemma-document';

/** A node of the drawn graph; ids of artifacts begin with `a`. */
export function node(id: string, parents: string[] = [], uses: string[] = []): DrawnNode {
  return { id, type: id.startsWith('a') ? 'artifact' : 'process', members: [id], parents: [...parents, ...uses], uses };
}

/** A random bipartite graph: each process takes some of the artifacts before it and makes one. */
export const graphs = fc
  .array(fc.array(fc.nat(), { maxLength: 3 }), { minLength: 1, maxLength: 40 })
  .map((picks) =>
    picks.flatMap((pick, i) => [
      node(`p${i}`, i === 0 ? [] : [...new Set(pick.map((n) => `a${n % i}`))]),
      node(`a${i}`, [`p${i}`]),
    ]),
  );
