import { move, transferableSymbol, valueSymbol } from 'piscina';
import { decode } from './decode';
import type { DecodeRequest } from './request';

/** What a thread of the pool does; the pixels are handed over, not copied. */
export default async function decodeInWorker(request: DecodeRequest): Promise<unknown> {
  const image = await decode(request);
  return move({ [transferableSymbol]: [image.data.buffer], [valueSymbol]: image } as never);
}
