import type { Artifact, Process, ProvenanceDocument, Run, Sample } from '../model/document';
import type { ArtifactContribution, ProcessContribution, Contribution } from '../model/contribution';
import { canonicalJson, sortMembers } from '../json/canonical-json';
import { shardless } from '../graph/definition';
import { joinSchemas } from '../schema/join-schemas';
import { DROPPED, nameDocument, type NamedProcess } from '../graph/name-graph';
import { type ArtifactPart, byContent, type ContributionPart, type Parts, type ProcessPart } from './parts';

/** A document as sets that can be united; see `Parts`. The result shares nothing with the document. */
export function takeApart(given: ProvenanceDocument): Parts {
  // As a file would hold it: nothing undefined, and members in one order.
  const document = sortMembers(JSON.parse(JSON.stringify(given)) as ProvenanceDocument);
  const named = nameDocument(document);
  const artifacts = new Map(document.artifacts.map((artifact) => [artifact.id, artifact]));
  const processNames = new Map(named.map(({ name, process }) => [process.id, name]));
  const outputs = named.flatMap(({ name, process, outputs }) =>
    process.outputs.map((id, index) => ({ id, name: outputs[index]!, producer: name, artifact: artifacts.get(id)! })),
  );
  const artifactNames = new Map(outputs.map(({ id, name }) => [id, name]));
  const qualify = qualifier(document);
  const shard = document.session.shard;
  const contributions = document.contributions ?? [contributionOf(document, qualify)];
  return {
    version: document.version,
    contributions: new Map(
      contributions.map((contribution) => [
        contribution.session.id,
        contributionPart(contribution, document, processNames, artifactNames),
      ]),
    ),
    processes: new Map(named.map((node) => [node.name, processPart(node, shardless(node.process, shard))])),
    artifacts: new Map(
      outputs.map(({ name, producer, artifact }) => [name, artifactPart(artifact, producer, qualify)]),
    ),
    runs: new Map(document.runs.map((run) => [qualify(run.id), runPart(run, processNames, qualify)])),
    cells: new Map(document.cells.map((cell) => [canonicalJson({ ...cell, superseded: false }), cell])),
  };
}

/**
 * UUIDs are unique. Old documents number their runs: they are unique with the session's id, which a merged document has
 * added.
 */
function qualifier({ session, contributions }: ProvenanceDocument): (run: string) => string {
  return (run) => (contributions !== undefined || UUID.test(run) ? run : `${session.id}/${run}`);
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What a document that was never merged contributes: itself. */
function contributionOf(document: ProvenanceDocument, qualify: (run: string) => string): Contribution {
  const {
    format: _format,
    version: _version,
    cells: _cells,
    checksum: _checksum,
    contributions: _contributions,
    ...rest
  } = document;
  return {
    ...rest,
    runs: document.runs.length,
    processes: Object.fromEntries(
      document.processes.map((process) => [process.id, processContribution(process, qualify)]),
    ),
    artifacts: Object.fromEntries(
      document.artifacts.map((artifact) => [artifact.id, artifactContribution(artifact, qualify)]),
    ),
  };
}

/** Everything but the definition; see `ProcessPart`. */
function processContribution(process: Process, qualify: (run: string) => string): ProcessContribution {
  const { id: _id, kind: _kind, role: _role, label: _label, options: _options, code: _code, ...own } = process;
  const { inputs: _inputs, outputs: _outputs, uses: _uses, execution, ...rest } = own;
  const { skippedItems: _skippedItems, latestRun, metrics, ...facts } = execution;
  const latest = latestRun === undefined ? {} : { latestRun: { ...latestRun, run: qualify(latestRun.run) } };
  const qualified = metrics?.map((series) => ({ ...series, run: qualify(series.run) }));
  return { ...rest, ...facts, ...latest, ...(qualified === undefined ? {} : { metrics: qualified }) };
}

/** All that is not in an `ArtifactPart`. */
function artifactContribution(artifact: Artifact, qualify: (run: string) => string): ArtifactContribution {
  const { id: _id, key: _key, kind: _kind, label: _label, execution, ...own } = artifact;
  const { producer: _producer, consumers: _consumers, superseded: _superseded, ...rest } = own;
  const { schema: _schema, schemaText: _text, sampleCount: _count, samples: _samples, anomaly, ...facts } = execution;
  const qualified = anomaly === null ? null : { ...anomaly, run: qualify(anomaly.run) };
  return { ...rest, ...facts, anomaly: qualified };
}

function contributionPart(
  contribution: Contribution,
  document: ProvenanceDocument,
  processNames: ReadonlyMap<string, string>,
  artifactNames: ReadonlyMap<string, string>,
): ContributionPart {
  return {
    ...contribution,
    environment: contribution.environment ?? document.environment,
    processes: renamed(contribution.processes, processNames),
    artifacts: renamed(contribution.artifacts, artifactNames),
  };
}

function renamed<T>(members: { [id: string]: T }, names: ReadonlyMap<string, string>): { [name: string]: T } {
  return Object.fromEntries(
    Object.entries(members).flatMap(([id, member]) => {
      const name = names.get(id);
      return name === undefined ? [] : [[name, member]];
    }),
  );
}

function processPart(node: NamedProcess, options: Process['options']): ProcessPart {
  const { name, hash, ordinal, depth, inputs, uses } = node;
  const { kind, role, label, code, execution } = node.process;
  const skippedItems = byContent(execution.skippedItems);
  return { name, hash, ordinal, depth, inputs, uses, kind, role, label, options, code, skippedItems };
}

function artifactPart(artifact: Artifact, producer: string, qualify: (run: string) => string): ArtifactPart {
  const { kind, label, execution } = artifact;
  const samples = execution.samples.map((sample) => ({ ...sample, run: qualify(sample.run) }));
  return {
    kind,
    label,
    producer,
    schema: joinSchemas(execution.schema, null),
    samples: new Map(samples.map((sample) => [sampleKey(sample), sample])),
  };
}

function sampleKey({ traced, run, index, origins }: Sample): string {
  return JSON.stringify([traced === true, run, index, origins[0] ?? null]);
}

function runPart(given: Run, names: ReadonlyMap<string, string>, qualify: (run: string) => string): Run {
  // Counted in the whole document, not in a part of it.
  const { number: _number, ...run } = given;
  return {
    ...run,
    id: qualify(run.id),
    // It is derived from the figures of the whole document, so two copies of a run do not differ by it.
    diagnosis: null,
    sink: names.get(run.sink) ?? DROPPED,
    processes: run.processes.flatMap((id) => names.get(id) ?? []).sort(),
    ...(run.epochs === undefined ? {} : { epochs: renamed(run.epochs, names) }),
    ...(run.perProcess === undefined ? {} : { perProcess: renamed(run.perProcess, names) }),
  };
}
