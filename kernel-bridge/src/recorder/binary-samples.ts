import type { Sample } from 'stemma';
import type { BinarySample } from 'stemma/host';
import type { SampleUpdate } from '../threads/messages';

type Path = (string | number)[];

/** Takes the bytes out of samples: each `Uint8Array` becomes the empty string and a buffer with its path. */
export function toUpdate(artifact: string, samples: BinarySample[]): SampleUpdate {
  const buffers: Uint8Array[] = [];
  const bufferPaths: Path[] = [];
  const strip = (value: unknown, path: Path): unknown => {
    if (value instanceof Uint8Array) {
      buffers.push(value);
      bufferPaths.push(path);
      return '';
    }
    if (Array.isArray(value)) return value.map((item, index) => strip(item, [...path, index]));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, strip(item, [...path, name])]));
  };
  return { artifact, samples: strip(samples, []) as Sample[], bufferPaths, buffers };
}
