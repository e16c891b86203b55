/**
 * A directory of a TIFF file, of entries `[tag, type, count, value]` in the order of their tags; it is the last one of
 * the file.
 */
export function tiffDirectory(tags: readonly (readonly number[])[]): Buffer<ArrayBuffer> {
  const directory = Buffer.alloc(2 + tags.length * 12 + 4);
  directory.writeUInt16LE(tags.length);
  for (const [i, [tag, type, count, value]] of tags.entries()) {
    const at = 2 + i * 12;
    directory.writeUInt16LE(tag!, at);
    directory.writeUInt16LE(type!, at + 2);
    directory.writeUInt32LE(count!, at + 4);
    directory.writeUInt32LE(value!, at + 8);
  }
  return directory;
}
