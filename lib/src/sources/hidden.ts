/** What systems and tools leave in folders, in lower case; names that begin with a point come on top. */
const SYSTEM = new Set([
  '__macosx',
  'icon\r',
  'thumbs.db',
  'ehthumbs.db',
  'desktop.ini',
  '$recycle.bin',
  'system volume information',
  '@eadir',
  'lost+found',
]);

/** Whether an entry of a folder is hidden, as `.git` or `._1.jpg`, or a system's own, as `Thumbs.db`. */
export const isHidden = (name: string): boolean => name.startsWith('.') || SYSTEM.has(name.toLowerCase());

/** Whether a pattern names something hidden itself, as `.github/**` does, and so includes it. */
export const namesHidden = (pattern: string): boolean => /(^|[/{,(|])\.[^./]/.test(pattern);
