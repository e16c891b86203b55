import { type Artifact, type Length, printSchema, type WrittenFile } from 'stemma-document';
import type { ProcessRecord } from './process-record';
import { withoutHome } from './privacy/privacy';
import type { StreamDigest } from './digests/stream-digest';
import type { Picture } from './images/picture';
import { pngUrl } from './images/png';
import type { Sampler } from './observing/sampler';

/** Of a sink that writes to one place after the other, such as one in a function, these are the latest. */
const MAX_WRITTEN = 1000;

/** An artifact while it lives. */
export class ArtifactRecord {
  readonly consumers: ProcessRecord[] = [];
  length: Length;
  currentItems = 0;
  /**
   * How many items the passes of the latest run had that came to their end; null where none has. A repetition makes
   * several.
   */
  passes: { least: number; most: number } | null = null;
  version = 0;
  samplesVersion = 0;
  #digests: StreamDigest[] = [];
  /** The files that were written, by their paths, the latest at the end. */
  readonly #written = new Map<string, WrittenFile>();

  constructor(
    readonly id: string,
    readonly kind: Artifact['kind'],
    readonly producer: ProcessRecord,
    private declaredLength: Length,
    readonly sampler: Sampler,
  ) {
    this.length = declaredLength;
  }

  /** A sink wrote these files, perhaps once more. */
  wrote(files: readonly WrittenFile[]): void {
    for (const file of files) {
      this.#written.delete(file.path);
      this.#written.set(file.path, file);
    }
    for (const path of this.#written.keys()) {
      if (this.#written.size <= MAX_WRITTEN) break;
      this.#written.delete(path);
    }
  }

  /** As they were given. */
  writtenPaths(): string[] {
    return [...this.#written.keys()];
  }

  /** More is known of a file. Returns whether it is still the latest of its path. */
  replaceWritten(file: WrittenFile, known: WrittenFile): boolean {
    if (this.#written.get(file.path) !== file) return false;
    this.#written.set(file.path, known);
    return true;
  }

  /** Of a run that begins. */
  beginDigest(digest: StreamDigest): void {
    this.#digests = [this.#fullest() ?? [], digest].flat();
  }

  dropDigest(digest: StreamDigest): void {
    this.#digests = this.#digests.filter((other) => other !== digest);
  }

  /** That of the run in which most passed: a look at the first items does not take the place of a whole run. */
  #fullest(): StreamDigest | null {
    return this.#digests.reduce<StreamDigest | null>(
      (fullest, one) => (fullest === null || one.items >= fullest.items ? one : fullest),
      null,
    );
  }

  endPass(items: number): void {
    const { least, most } = this.passes ?? { least: items, most: items };
    this.passes = { least: Math.min(least, items), most: Math.max(most, items) };
  }

  /** Another instance of it has this length. Returns whether that is news. */
  widenLength(length: Length): boolean {
    const known = this.declaredLength;
    if (known.kind === length.kind && (!('items' in known) || ('items' in length && known.items === length.items)))
      return false;
    if (known.kind === 'unknown') return false;
    const both = 'items' in known && 'items' in length;
    this.declaredLength = both ? { kind: 'atMost', items: Math.max(known.items, length.items) } : { kind: 'unknown' };
    if (known.kind === 'atMost' && both && known.items >= length.items) return false;
    if (this.passes === null) this.length = this.declaredLength;
    return true;
  }

  /** A run has ended: a length that was not known before is now, if a pass came to its end. */
  settleLength(): void {
    const { declaredLength, passes } = this;
    if (passes === null || (declaredLength.kind !== 'unknown' && declaredLength.kind !== 'atMost')) return;
    this.length = { kind: passes.least === passes.most ? 'exact' : 'atMost', items: passes.most };
  }

  get key(): string {
    return `${this.producer.key}.out`;
  }

  /** `withSketch`: what merging needs, which live patches do without. */
  toArtifact(withSamples: boolean, withSketch = false): Artifact {
    const { sampleCount, anomaly } = this.sampler;
    const digest = this.#fullest();
    const written = [...this.#written.values()];
    // What is in a file is what came in.
    const isFile = this.kind === 'file' && written.length > 0;
    const { schema, schemaItems } = ((isFile && this.producer.definition.inputs[0]) || this).sampler;
    return withoutHome<Artifact>({
      id: this.id,
      key: this.key,
      kind: this.kind,
      label: this.producer.definition.label,
      producer: this.producer.id,
      consumers: this.consumers.map((process) => process.id),
      length: this.length,
      superseded: this.producer.superseded,
      execution: {
        items: this.producer.itemsOut,
        currentItems: this.currentItems,
        schema,
        schemaText: schema === null ? null : printSchema(schema),
        schemaItems,
        anomaly,
        fields: this.sampler.fields(withSketch),
        ...(this.sampler.moreFields ? { moreFields: true } : {}),
        sampleCount,
        samples: withSamples ? (this.sampler.samples(toDataUrl) as Artifact['execution']['samples']) : [],
        ...(digest === null ? {} : { digest: digest.toJson() }),
        ...(written.length === 0 ? {} : { written }),
      },
    });
  }
}

function toDataUrl({ png }: Picture): string {
  return pngUrl(png);
}
