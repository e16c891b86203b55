import { tidyLayout, type Tidied, type TidyNode, type TidyRoom } from './tidy';

/**
 * {@link tidyLayout} in a worker, so that the page goes on meanwhile; on the page's own thread where no worker can be
 * started.
 */
export async function tidyOffThread(nodes: readonly TidyNode[], room: TidyRoom): Promise<Tidied> {
  try {
    return await inWorker(nodes, room);
  } catch {
    return tidyLayout(nodes, room);
  }
}

function inWorker(nodes: readonly TidyNode[], room: TidyRoom): Promise<Tidied> {
  // Bundlers know a worker by just these words.
  const worker = new Worker(new URL('./tidy-worker.js', import.meta.url));
  return new Promise<Tidied>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<Tidied>) => resolve(data);
    worker.onerror = () => reject(new Error('the worker could not be started'));
    worker.postMessage({ nodes, room });
  }).finally(() => worker.terminate());
}
