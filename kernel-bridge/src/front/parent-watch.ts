const EVERY_MS = 2_000;
/** The process that orphans are given to. */
const INIT = 1;

/** Calls `onOrphaned` once the process that started this one is gone: nobody is left to shut the kernel down. */
export function watchParent(onOrphaned: () => void): void {
  if (process.platform === 'win32' || process.ppid === INIT) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    onOrphaned();
  }, EVERY_MS);
  timer.unref();
}
