import { createHash } from 'node:crypto';

/** A file of a folder, by its path from there, with slashes. */
export interface HashedFile {
  path: string;
  sha256: string;
  md5: string;
}

/**
 * The hashes of a folder. The MD5 is DVC's: of the list of its files, as Python writes it, with `.dir` behind it. The
 * SHA-256 is of the same list, with SHA-256 in place of MD5. Neither knows of empty folders, modes or times.
 */
export function folderDigests(files: readonly HashedFile[]): { sha256: string; md5: string } {
  const sorted = [...files].sort((a, b) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)));
  const digest = (algorithm: 'sha256' | 'md5'): string => {
    const entries = sorted.map((file) => `{"${algorithm}": "${file[algorithm]}", "relpath": ${pythonText(file.path)}}`);
    return createHash(algorithm)
      .update(`[${entries.join(', ')}]`)
      .digest('hex');
  };
  return { sha256: digest('sha256'), md5: `${digest('md5')}.dir` };
}

/** As `json.dumps` writes a text: all that is not printable ASCII is escaped, DEL too. */
const pythonText = (text: string): string =>
  JSON.stringify(text).replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
