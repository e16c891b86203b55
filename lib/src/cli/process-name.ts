import type { Process } from 'stemma-document';

/** A process as the tables call it. */
export const nameOf = ({ kind, label }: Pick<Process, 'kind' | 'label'>): string =>
  kind === label ? kind : `${kind} "${label}"`;
