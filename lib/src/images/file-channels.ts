import type { Metadata } from 'sharp';

type Channels = 1 | 3 | 4;

/**
 * The channels of a file with several frames or pages are those that hold each of them, whichever comes first. PNG and
 * WebP say in their header what all frames have. GIF does not, and any frame may be transparent: it always has 4. A
 * page of a TIFF file may be of any kind, so that each is asked.
 */
export async function fileChannels(
  first: Metadata,
  metadataOf: (page: number) => Promise<Metadata>,
): Promise<Channels> {
  if (first.format === 'gif') return 4;
  let channels = pageChannels(first);
  if (SAME_IN_ALL_FRAMES.has(first.format)) return channels;
  for (let page = 1; page < (first.pages ?? 1) && channels < 4; page++)
    channels = Math.max(channels, pageChannels(await metadataOf(page))) as Channels;
  return channels;
}

const SAME_IN_ALL_FRAMES: ReadonlySet<string> = new Set(['png', 'webp']);

const pageChannels = ({ hasAlpha, space }: Metadata): Channels => (hasAlpha ? 4 : isGrey(space) ? 1 : 3);

export const isGrey = (space: string): boolean => space === 'b-w' || space === 'grey16';
