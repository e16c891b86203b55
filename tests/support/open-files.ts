import { readdirSync, readlinkSync } from 'node:fs';

/** The files that this process holds open. */
export function openFiles(): string[] {
  return readdirSync('/proc/self/fd').flatMap((descriptor) => {
    try {
      return readlinkSync(`/proc/self/fd/${descriptor}`);
    } catch {
      // That of the listing itself is gone by now.
      return [];
    }
  });
}
