const known = new Map<string, string>();

/** The packages that worker threads of this process have loaded, such as the decoders of images: name and version. */
export const threadPackages = (): Record<string, string> => Object.fromEntries(known);

/** What a thread says; other messages are none of ours. */
export function notePackages(message: unknown): void {
  if (!isReport(message)) return;
  for (const [name, version] of Object.entries(message.stemmaPackages)) known.set(name, version);
}

/** The message of a thread that has loaded packages. */
export interface PackageReport {
  stemmaPackages: Record<string, string>;
}

const isReport = (message: unknown): message is PackageReport =>
  typeof message === 'object' && message !== null && 'stemmaPackages' in message;
