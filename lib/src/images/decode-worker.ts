import { workerData } from 'node:worker_threads';
import { move, transferableSymbol, valueSymbol } from 'piscina';
import { reportPackages } from '../workers/report-packages';
import { decode } from './decode';
import type { DecodeRequest } from './request';
import { type SharedState, Workplace } from './shared-state';

const workplace = new Workplace(workerData as SharedState);

/** What a thread of the pool does; the pixels are handed over, not copied. */
export default async function decodeInWorker(request: DecodeRequest): Promise<unknown> {
  const image = await workplace.during(() => decode(request, workplace));
  reportPackages();
  return move({ [transferableSymbol]: [image.data.buffer], [valueSymbol]: image } as never);
}
