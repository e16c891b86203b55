import type { Sample } from 'stemma';
import type { IdentifiedSample } from '../api/types';
import { mapPictures, pictureOf } from '../record/thumbnails';
import type { View } from '../record/view';

const sampleId = (artifact: string, { run, index }: Sample): string => `${artifact}:${run}:${index}`;

/** `link`: of what session the images are paths; null leaves them as data URLs. */
export function identified(artifact: string, sample: Sample, link: { session?: string } | null): IdentifiedSample {
  const id = sampleId(artifact, sample);
  if (link === null) return { ...sample, id };
  const path = `/api/v1/samples/${encodeURIComponent(id)}/image`;
  const within = link.session === undefined ? '' : `&session=${encodeURIComponent(link.session)}`;
  const value = mapPictures(sample.value, (_, number) => `${path}?number=${number}${within}`) as Sample['value'];
  return { ...sample, id, value };
}

/** An image of a sample, by the sample's id; null where there is none. */
export function imageOf(view: View, id: string, number: number): ReturnType<typeof pictureOf> {
  const artifact = id.split(':')[0]!;
  const sample = view.samples(artifact).find((one) => sampleId(artifact, one) === id);
  return sample === undefined ? null : pictureOf(sample, number);
}
