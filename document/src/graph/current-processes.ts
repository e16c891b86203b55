import type { Process } from '../model/document';
import { withUpstream } from './upstream';

/** All that is not superseded, and all upstream of it. */
export const currentProcesses = (processes: readonly Process[]): Process[] =>
  withUpstream(processes, ({ superseded }) => !superseded);
