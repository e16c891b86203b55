import type { DatasetStatistics } from '../../statistics/dataset-statistics';
import { inWords } from '../../util/check';

/**
 * Mean and standard deviation of each channel of a field of images.
 *
 * @throws TypeError where there is no such field, or a channel has always the same value.
 */
export function channelMoments(
  statistics: DatasetStatistics,
  wanted: string | undefined,
): { mean: number[]; std: number[]; field: string } {
  const fields = (statistics as Partial<DatasetStatistics>).fields;
  if (typeof fields !== 'object' || fields === null)
    throw new TypeError(
      `invalid statistics of normalize: expected what statistics() resolves to, got ${inWords(statistics)}`,
    );
  const candidates = Object.keys(fields).filter((name) => fields[name]!.channels !== null);
  const field = wanted ?? (candidates.length === 1 ? candidates[0]! : undefined);
  if (field === undefined || !candidates.includes(field))
    throw new TypeError(
      `invalid field of normalize: expected one that has channels (${candidates.map(inWords).join(', ') || 'there is none'}), got ${inWords(wanted)}`,
    );
  const channels = fields[field]!.channels!;
  const moments = channels.map((channel, c) => {
    if (channel !== null && channel.std > 0) return channel;
    throw new TypeError(
      `invalid statistics of normalize: expected channels that vary, got ${channel === null ? 'no finite number' : `only ${channel.mean}`} in channel ${c} of ${inWords(field)}`,
    );
  });
  return { mean: moments.map(({ mean }) => mean), std: moments.map(({ std }) => std), field };
}
