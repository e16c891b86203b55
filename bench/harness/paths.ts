import { join } from 'node:path';

/** The checkout. */
export const root = join(import.meta.dirname, '..', '..');

/** Where data and environments that the benchmarks make are kept. */
export const stateFolder = join(root, '.stemma', 'bench');

/** Where what runs in processes of its own is compiled to. */
export const childrenFolder = join(root, 'bench', 'dist');
