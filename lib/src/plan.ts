import type { ProvenanceDocument } from 'stemma-document';
import type { Dataset } from './dataset/dataset';
import { nodesOf } from './dataset/nodes-of';
import { planOf } from './graph/plan';

/**
 * What leads to the datasets, as a document without runs: to hash, to compare and to export a pipeline that has not
 * run. It need not be recorded either, and is not by this. Results that it uses are part of the plan only where they
 * are recorded.
 *
 * @throws TypeError if there are no datasets, or one of them is none.
 * @example
 * const tenth = (by: number) => Dataset.range(10).map((n) => n / by, 'Divide').batch(5);
 * canonicalHash(plan(tenth(10))) === canonicalHash(plan(tenth(10))); // true
 * plan(tenth(10)).runs.length; // 0
 */
export function plan(...datasets: Dataset<unknown>[]): ProvenanceDocument {
  return planOf(nodesOf(datasets, 'plan'));
}
