import type * as TfjsData from '@tensorflow/tfjs-data';

/** tfjs-data on the CPU backend, in production mode, as its users would run it. */
export async function loadTfjsData(): Promise<typeof TfjsData> {
  const core = await import('@tensorflow/tfjs-core');
  await import('@tensorflow/tfjs-backend-cpu');
  core.enableProdMode();
  await core.setBackend('cpu');
  await core.ready();
  return import('@tensorflow/tfjs-data');
}
