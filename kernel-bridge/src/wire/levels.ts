const [QUOTE, BACKSLASH, OBJECT, OBJECT_END, LIST, LIST_END] = Buffer.from('"\\{}[]');

/** Whether a JSON text nests deeper than `limit`, read from its bytes: most of what handles values recurses. */
export function isDeeperThan(limit: number, json: Uint8Array): boolean {
  if (json.length <= limit) return false;
  let level = 0;
  let isInText = false;
  for (let at = 0; at < json.length; at++) {
    const byte = json[at];
    if (isInText) {
      if (byte === BACKSLASH) at++;
      else if (byte === QUOTE) isInText = false;
    } else if (byte === QUOTE) isInText = true;
    else if (byte === OBJECT || byte === LIST) {
      if (++level > limit) return true;
    } else if (byte === OBJECT_END || byte === LIST_END) level--;
  }
  return false;
}
