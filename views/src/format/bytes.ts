const UNITS = ['KiB', 'MiB', 'GiB', 'TiB'];

/** A size of memory: `512 B`, `1.5 KiB`, `245 MiB`. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 'B';
  for (const next of UNITS) {
    if (value < 1024) {
      break;
    }
    value /= 1024;
    unit = next;
  }
  return unit === 'B' ? `${bytes} B` : `${value >= 99.95 ? value.toFixed(0) : value.toFixed(1)} ${unit}`;
}
