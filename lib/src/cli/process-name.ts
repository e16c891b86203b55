import type { Process } from 'stemma-document';

/** A process as the tables call it. */
export const nameOf = ({ kind, label }: Process): string => (kind === label ? kind : `${kind} "${label}"`);
