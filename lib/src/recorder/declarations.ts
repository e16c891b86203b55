import type { Artifact, CellRef, Length, Position } from 'stemma-document';
import type { Host } from '../host';
import { ArtifactRecord } from './artifact-record';
import { callSite } from './environment/call-site';
import { currentPosition } from './environment/position';
import { labelOf, nameOf } from './label';
import { InnerProcesses, placeIn, templateOf, widenOptions } from './inner-processes';
import { Sampler } from './observing/sampler';
import type { ProcessDefinition } from './process-definition';
import { ProcessRecord } from './process-record';
import type { RecordBounds } from './record-bounds';
import type { RecorderSettings } from './settings/settings';
import { twinKey, Twins } from './twins';

/** The output of an operation. */
export interface Output {
  kind: Artifact['kind'];
  length: Length;
}

/** The session that declarations get into. */
interface DeclaringSession {
  readonly processes: Map<string, ProcessRecord>;
  readonly artifacts: Map<string, ArtifactRecord>;
  readonly settings: RecorderSettings;
  readonly host: Host | undefined;
  currentCell(): CellRef | null;
  touch(record: { version: number }): void;
}

/** Makes the records of operations and their outputs, one for all that are the same. */
export class Declarations {
  readonly #twins = new Twins((process) => this.session.processes.has(process.id));
  #ids = 0;

  constructor(
    private readonly session: DeclaringSession,
    private readonly bounds: RecordBounds,
  ) {}

  /**
   * Declares an operation and its output. Reuses the record of an equal operation at the same place, where one is free.
   */
  declare(definition: ProcessDefinition, output: Output | null): ProcessRecord {
    const key = twinKey(definition, output?.length, this.session.currentCell(), this.session.settings);
    const known = key === null ? null : this.#twins.free(key);
    if (known !== null) {
      known.declaredAgain();
      const options = { ...known.definition.options };
      if (widenOptions(options, definition.options)) {
        known.definition.options = options;
        this.session.touch(known);
      }
      return known;
    }
    const process = this.#add(definition, output, null);
    if (key !== null) this.#twins.add(key, process);
    return process;
  }

  #add(definition: ProcessDefinition, output: Output | null, owner: ProcessRecord | null): ProcessRecord {
    const number = ++this.#ids;
    const process = new ProcessRecord(
      `p${number}`,
      definition,
      owner === null ? this.session.currentCell() : owner.cell,
      definition.elsewhere !== undefined
        ? definition.elsewhere.position
        : (named(currentPosition(this.session.host), definition) ?? owner?.position ?? null),
      this.session.settings.limits,
      this.session.settings.timing === 'everything',
    );
    for (const artifact of [...definition.inputs, ...definition.uses]) {
      artifact.consumers.push(process);
      this.session.touch(artifact);
    }
    this.session.processes.set(process.id, process);
    if (output !== null) {
      const artifact = new ArtifactRecord(`a${number}`, output.kind, process, output.length, this.#sampler(definition));
      process.output = artifact;
      this.session.artifacts.set(artifact.id, artifact);
      this.session.touch(artifact);
    }
    this.session.touch(process);
    if (this.bounds.checkProcesses()) this.#twins.prune();
    return process;
  }

  /**
   * As `declare`, within a call of the function of `owner`: a process for each place in the function's code, whatever
   * number of times it is called. Null where there are too many such places.
   */
  declareInner(owner: ProcessRecord, definition: ProcessDefinition, output: Output | null): ProcessRecord | null {
    const inner = (owner.inner ??= new InnerProcesses());
    const place = placeIn(owner, callSite(), definition);
    const known = inner.get(place);
    if (known !== undefined && this.session.processes.has(known.id)) {
      this.#widen(known, definition, output);
      return known;
    }
    if (known === undefined && inner.full) {
      if (inner.refuse(place)) {
        this.bounds.dropped.processes++;
        if (output !== null) this.bounds.dropped.artifacts++;
      }
      return null;
    }
    const process = this.#add(templateOf(definition), output, owner);
    process.superseded = owner.superseded;
    process.inner = inner;
    inner.set(place, process);
    return process;
  }

  #widen(template: ProcessRecord, { label, options }: ProcessDefinition, output: Output | null): void {
    const { definition } = template;
    const isRelabelled = label !== definition.label && definition.label !== definition.kind;
    if (isRelabelled) template.relabel();
    if (widenOptions(definition.options, options) || isRelabelled) this.session.touch(template);
    if (output !== null && template.output?.widenLength(output.length)) this.session.touch(template.output);
  }

  #sampler({ kind, label, samples }: ProcessDefinition): Sampler {
    return new Sampler(
      label,
      {
        keep: samples ?? this.session.settings.samples,
        redact: this.session.settings.redact,
        isStatistics: kind === 'statistics',
      },
      this.bounds.room,
    );
  }
}

/**
 * A position without the variable there, where the user has named the operation, and at sinks, which make no dataset.
 */
function named(position: Position | null, { kind, label, role, fn }: ProcessDefinition): Position | null {
  if (position?.variable === undefined) return position;
  const { variable, ...place } = position;
  return role !== 'sink' && label === labelOf(undefined, kind, fn) && nameOf(undefined, kind, fn) === kind
    ? { ...place, variable }
    : place;
}
