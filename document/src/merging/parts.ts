import type {
  Artifact,
  Cell,
  Dropped,
  Environment,
  Extensions,
  Failure,
  Process,
  ProvenanceDocument,
  Run,
  Sample,
  Schema,
  SessionInfo,
} from '../model/document';
import type { ArtifactContribution, ProcessContribution } from '../model/contribution';
import { canonicalJson, compareJson, compareText } from '../json/canonical-json';
import { joinSchemas } from '../schema/join-schemas';
import type { NamedProcess } from '../graph/name-graph';

/**
 * A document taken apart, for merging: named sets, whose union is associative, commutative and idempotent. `takeApart`
 * makes them, `unite` merges them, `assemble` makes a document of them. All names are those of `nameGraph`.
 */
export interface Parts {
  /** The highest of the documents. */
  version: ProvenanceDocument['version'];
  /** By the session's id. */
  contributions: Map<string, ContributionPart>;
  processes: Map<string, ProcessPart>;
  artifacts: Map<string, ArtifactPart>;
  /** By their ids, made unique; their sinks and processes are names. */
  runs: Map<string, Run>;
  cells: Map<string, Cell>;
}

/** What one session says. */
export interface ContributionPart {
  session: SessionInfo;
  generatedAt: string;
  environment: Environment;
  dropped: Dropped;
  extensions?: Extensions;
  runs: number;
  processes: { [name: string]: ProcessContribution };
  artifacts: { [name: string]: ArtifactContribution };
}

export interface ProcessPart
  extends
    Omit<NamedProcess, 'process' | 'definition' | 'outputs'>,
    Pick<Process, 'kind' | 'role' | 'label' | 'options' | 'code'> {
  /** By their canonical JSON. */
  skippedItems: Map<string, Failure>;
}

export interface ArtifactPart extends Pick<Artifact, 'kind' | 'label'> {
  /** Name of the process. */
  producer: string;
  schema: Schema | null;
  /** By run, index and first origin; traced ones apart. */
  samples: Map<string, Sample>;
}

export function unite(a: Parts, b: Parts): Parts {
  return {
    version: minorOf(a.version) >= minorOf(b.version) ? a.version : b.version,
    contributions: uniteMaps(a.contributions, b.contributions, later),
    processes: uniteMaps(a.processes, b.processes, uniteProcesses),
    artifacts: uniteMaps(a.artifacts, b.artifacts, uniteArtifacts),
    runs: uniteMaps(a.runs, b.runs, laterRun),
    cells: uniteMaps(a.cells, b.cells, (x, y) => ({ ...x, superseded: x.superseded || y.superseded })),
  };
}

const minorOf = (version: ProvenanceDocument['version']): number => Number(version.split('.')[1]);

function uniteMaps<T>(a: ReadonlyMap<string, T>, b: ReadonlyMap<string, T>, join: (x: T, y: T) => T): Map<string, T> {
  const united = new Map(a);
  for (const [name, value] of b) {
    const known = united.get(name);
    united.set(name, known === undefined ? value : join(known, value));
  }
  return united;
}

/** Of two snapshots of one session the later one holds, which knows all that the earlier one knew. */
function later(a: ContributionPart, b: ContributionPart): ContributionPart {
  const order = compareText(a.generatedAt, b.generatedAt) || compareJson(a, b);
  return order >= 0 ? a : b;
}

function laterRun(a: Run, b: Run): Run {
  const order = compareText(a.endedAt ?? '', b.endedAt ?? '') || compareJson(a, b);
  return order >= 0 ? a : b;
}

/** Two of one name differ at most in what does not enter the name, e.g. the folder of a path. */
function uniteProcesses(a: ProcessPart, b: ProcessPart): ProcessPart {
  return {
    ...a,
    options: least(a.options, b.options),
    code: least(a.code, b.code),
    skippedItems: uniteMaps(a.skippedItems, b.skippedItems, (x) => x),
  };
}

function uniteArtifacts(a: ArtifactPart, b: ArtifactPart): ArtifactPart {
  const { kind, label } = least({ kind: a.kind, label: a.label }, { kind: b.kind, label: b.label });
  return {
    kind,
    label,
    producer: a.producer,
    schema: joinSchemas(a.schema, b.schema),
    samples: uniteMaps(a.samples, b.samples, least),
  };
}

function least<T>(a: T, b: T): T {
  return compareJson(a, b) <= 0 ? a : b;
}

/** A map of values by their canonical JSON. */
export function byContent<T>(values: readonly T[]): Map<string, T> {
  return new Map(values.map((value) => [canonicalJson(value), value]));
}
