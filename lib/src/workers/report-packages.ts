import { parentPort } from 'node:worker_threads';
import { loadedFiles, packagesOf } from '../recorder/environment/loaded-files';
import type { PackageReport } from '../recorder/environment/thread-packages';

/** Loaded since the last report. */
let isNew = false;

/** This thread has loaded a package. */
export function packageLoaded(): void {
  isNew = true;
}

/**
 * Reports the packages that this thread has loaded to the main thread, whose record names them; does nothing where
 * there are no new ones.
 */
export function reportPackages(): void {
  if (!isNew) return;
  isNew = false;
  parentPort?.postMessage({ stemmaPackages: packagesOf(loadedFiles()) } satisfies PackageReport);
}
