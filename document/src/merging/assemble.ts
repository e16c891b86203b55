import type { Artifact, Cell, Environment, Process, ProvenanceDocument, Run, SessionInfo } from '../model/document';
import type { ArtifactContribution, ProcessContribution, Contribution } from '../model/contribution';
import { printSchema } from '../schema/print-schema';
import { agreedExtensions } from './agreed-extensions';
import { chooseSamples, chooseRuns, chooseSkipped } from './bounds';
import { canonicalJson, compareText, hashJson, sortMembers } from '../json/canonical-json';
import { MergedIds } from './merged-ids';
import { withMergedDiagnoses } from './merged-diagnoses';
import type { ArtifactPart, ContributionPart, Parts, ProcessPart } from './parts';
import { totalArtifact, totalLength } from './total-artifact';
import { totalProcess } from './total-process';

/**
 * The document of united parts. It depends on nothing but what the sets hold, so it is the same however they came
 * together.
 */
export function assemble(parts: Parts): ProvenanceDocument {
  const contributions = [...parts.contributions.values()].sort(byStart);
  const ids = new MergedIds(parts);
  const runs = chooseRuns([...parts.runs.values()]);
  const processes = ids.processes.map((part) => processOf(part, contributions, ids));
  const { environment } = contributions[0]!;
  const dropped = droppedBy(contributions, runs.length);
  return sortMembers<ProvenanceDocument>({
    format: 'stemma-provenance',
    version: parts.version,
    generatedAt: contributions.map((contribution) => contribution.generatedAt).reduce((a, b) => (a > b ? a : b)),
    session: sessionOf(contributions),
    environment,
    cells: [...parts.cells.values()].sort(byExecution),
    processes,
    artifacts: ids.artifacts.map(([name, part]) => artifactOf(name, part, contributions, ids)),
    runs: withMergedDiagnoses(
      runs.map((run, index) => ({ ...runOf(run, ids), number: dropped.runs + index + 1 })),
      processes,
    ),
    dropped,
    ...agreedExtensions(contributions),
    contributions: contributions.map((contribution) => contributionOf(contribution, environment, ids)),
  });
}

const byStart = (a: ContributionPart, b: ContributionPart): number =>
  compareText(a.session.startedAt, b.session.startedAt) || compareText(a.session.id, b.session.id);

const byExecution = (a: Cell, b: Cell): number =>
  a.executionCount - b.executionCount || compareText(canonicalJson(a), canonicalJson(b));

/** A session that stands for all: what they agree on. */
function sessionOf(contributions: readonly ContributionPart[]): SessionInfo {
  const sessions = contributions.map(({ session }) => session);
  const agreed = <T>(values: readonly T[]): T | undefined =>
    new Set(values.map((value) => canonicalJson(value))).size === 1 ? values[0] : undefined;
  const parameters = agreed(sessions.map((session) => session.parameters));
  const seed = agreed(sessions.map((session) => session.seed));
  const files = agreed(sessions.map((session) => session.files));
  const command = agreed(sessions.map((session) => session.command));
  return {
    id: `merged-${hashJson(sessions.map(({ id }) => id).sort()).slice(0, 16)}`,
    startedAt: sessions[0]!.startedAt,
    notebook: agreed(sessions.map((session) => session.notebook)) ?? null,
    ...(parameters === undefined ? {} : { parameters }),
    ...(seed === undefined ? {} : { seed }),
    ...(files === undefined ? {} : { files }),
    ...(command === undefined ? {} : { command }),
  };
}

function processOf(part: ProcessPart, contributions: readonly ContributionPart[], ids: MergedIds): Process {
  const { name, hash, kind, role, label, options, code, inputs, uses } = part;
  const own = contributions.flatMap<ProcessContribution>((contribution) => contribution.processes[name] ?? []);
  const keys = new Set(own.map(({ key }) => key));
  const declared = own.find(({ cell }) => cell !== null);
  const warnings = [...new Set(own.flatMap((contribution) => contribution.warnings ?? []))].sort();
  return {
    id: ids.of(name),
    key: keys.size === 1 ? [...keys][0]! : hash.slice(0, 16),
    kind,
    role,
    label,
    inputs: inputs.map((input) => ids.of(input)),
    outputs: ids.outputsOf(name),
    uses: uses.map((used) => ids.of(used)),
    options,
    code,
    cell: declared?.cell ?? null,
    position: declared?.position ?? null,
    ...(warnings.length === 0 ? {} : { warnings }),
    superseded: own.every(({ superseded }) => superseded),
    ...agreedExtensions(own),
    execution: { ...totalProcess(own), skippedItems: chooseSkipped([...part.skippedItems.values()]) },
  };
}

function artifactOf(
  name: string,
  part: ArtifactPart,
  contributions: readonly ContributionPart[],
  ids: MergedIds,
): Artifact {
  const { kind, label, producer, schema } = part;
  const own = contributions.flatMap<ArtifactContribution>((contribution) => contribution.artifacts[name] ?? []);
  const made = contributions.flatMap<ProcessContribution>((contribution) => contribution.processes[producer] ?? []);
  const keys = new Set(made.map(({ key }) => key));
  const samples = chooseSamples([...part.samples.values()]);
  return {
    id: ids.of(name),
    key: keys.size === 1 ? `${[...keys][0]!}.out` : name,
    kind,
    label,
    producer: ids.of(producer),
    consumers: ids.consumersOf(name),
    length: totalLength(own),
    superseded: made.every(({ superseded }) => superseded),
    ...agreedExtensions(own),
    execution: {
      ...totalArtifact(own),
      schema,
      schemaText: schema === null ? null : printSchema(schema),
      sampleCount: samples.length,
      samples,
    },
  };
}

function runOf(run: Run, ids: MergedIds): Run {
  const members = new Set(run.processes.map((name) => ids.of(name)));
  const processes = ids.processes.map(({ name }) => ids.of(name)).filter((id) => members.has(id));
  const epochs = run.epochs === undefined ? {} : { epochs: ids.rename(run.epochs) };
  const perProcess = run.perProcess === undefined ? {} : { perProcess: ids.rename(run.perProcess) };
  return { ...run, sink: ids.of(run.sink), processes, ...epochs, ...perProcess };
}

function droppedBy(contributions: readonly ContributionPart[], keptRuns: number): ProvenanceDocument['dropped'] {
  const sum = (count: (contribution: ContributionPart) => number): number =>
    contributions.reduce((total, contribution) => total + count(contribution), 0);
  const listed = sum((contribution) => contribution.runs);
  return {
    processes: sum(({ dropped }) => dropped.processes),
    artifacts: sum(({ dropped }) => dropped.artifacts),
    runs: sum(({ dropped }) => dropped.runs) + Math.max(0, listed - keptRuns),
    processRuns: sum(({ dropped }) => dropped.processRuns ?? 0),
    cells: sum(({ dropped }) => dropped.cells),
    samples: sum(({ dropped }) => dropped.samples ?? 0),
    files: sum(({ dropped }) => dropped.files ?? 0),
    failures: sum(({ dropped }) => dropped.failures ?? 0),
  };
}

function contributionOf(contribution: ContributionPart, common: Environment, ids: MergedIds): Contribution {
  const { environment, processes, artifacts, ...rest } = contribution;
  return {
    ...rest,
    environment: canonicalJson(environment) === canonicalJson(common) ? null : environment,
    processes: ids.rename(processes),
    artifacts: ids.rename(artifacts),
  };
}
