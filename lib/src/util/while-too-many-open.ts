import { setTimeout as wait } from 'node:timers/promises';

/** How often, and how long, it is waited for others to close files. */
const ATTEMPTS = 50;
const WAIT_MS = 100;

/** What `open` returns; where too many files are open it is tried again, for five seconds at most. */
export async function whileTooManyOpen<T>(open: () => T | Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await open();
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if ((code !== 'EMFILE' && code !== 'ENFILE') || attempt >= ATTEMPTS) throw error;
      await wait(WAIT_MS);
    }
  }
}
