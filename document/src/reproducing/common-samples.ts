import type { Artifact, JsonValue, ProvenanceDocument, Summary } from '../model/document';

/** An item that two records have kept, as it was in each. */
export interface CommonSample {
  index: number;
  origins: string[];
  original: Summary;
  repeated: Summary;
}

/** The items of an artifact that both records have: those of the same index in the same run, counted from the last. */
export function commonSamples(
  a: Artifact,
  b: Artifact,
  original: ProvenanceDocument,
  repeated: ProvenanceDocument,
): CommonSample[] {
  const others = new Map(keyed(b, repeated).map(([key, sample]) => [key, sample]));
  return keyed(a, original)
    .flatMap(([key, { index, origins, value }]) => {
      const other = others.get(key);
      return other === undefined ? [] : [{ index, origins, original: value, repeated: other.value }];
    })
    .sort((x, y) => x.index - y.index);
}

type Keyed = [key: string, sample: Artifact['execution']['samples'][0]];

function keyed({ producer, execution }: Artifact, { runs }: ProvenanceDocument): Keyed[] {
  const passed = runs.filter(({ processes }) => processes.includes(producer)).reverse();
  const places = new Map(passed.map(({ id, epoch }, place) => [id, `${place}/${epoch}`]));
  return execution.samples.flatMap((sample): Keyed[] => {
    const place = places.get(sample.run);
    return place === undefined ? [] : [[`${place}/${sample.index}`, sample]];
  });
}

/** What of a summary is compared: pictures are made as small as the room for all samples asks for. */
export function comparableSummary(summary: Summary): JsonValue {
  return JSON.parse(
    JSON.stringify(summary, (name, value: unknown) => (name === 'images' || name === 'overview' ? undefined : value)),
  ) as JsonValue;
}
