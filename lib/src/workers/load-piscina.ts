import type { Piscina } from 'piscina';

let loaded: typeof Piscina | undefined;

/** The class of thread pools: loaded with the first pool, since most pipelines have none. */
export async function loadPiscina(): Promise<typeof Piscina> {
  return (loaded ??= (await import('piscina')).Piscina);
}
