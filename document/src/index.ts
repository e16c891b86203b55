/**
 * The provenance document as data: its types, and what can be done with one anywhere, in Node, in a browser or in a
 * worker. Nothing here records, reads files or draws.
 */

// The document, and the messages that carry it
export type * from './model/document';
export * from './model/protocol';
export * from './model/requests';
export type * from './model/contribution';

export { isKnownState, knownState } from './model/known-state';

// What the kinds of steps have in common
export type { Kind } from './kinds/kind';
export { OPTIONS, optionRole, type OptionRole } from './kinds/options';
export { kindOf, KINDS, type KnownKind } from './kinds/kinds';

// Read and check
export { isDocument, newerVersion } from './reading/is-document';
export { checkDocument, parseDocument, parseNamed } from './reading/parse-document';
export { checkGiven } from './reading/check-given';
export { DocumentError } from './reading/document-error';
export { findProblem, type Problem, type RootSchema, type SchemaNode } from './reading/check-schema';
export { documentSchema } from './reading/document-schema';
export { withChecksum } from './reading/checksum';
export { tooDeepAt, tooDeepMessage } from './json/json-depth';
export { canonicalJson, compareText, hashJson } from './json/canonical-json';

// The graph
export { currentProcesses } from './graph/current-processes';
export { neededCells } from './graph/needed-cells';
export { nameDocument, type NamedProcess } from './graph/name-graph';
export { canonicalHash, definitionLayer, type DefinitionLayer } from './graph/canonical-hash';
export type { ProcessDefinition } from './graph/definition';
export { inputsOf, type Inputs } from './graph/inputs-hash';
export { outputDigest } from './graph/output-digest';
export { withUpstream } from './graph/upstream';

// Source code
export { comparableCode, withoutComments } from './code/comparable-code';
export { dedent } from './code/dedent';
export { type CodeLine, diffCode } from './code/diff-code';

// The graph as it is drawn: parallel steps that are alike as one
export { append } from './grouping/append';
export { batchingOf } from './grouping/batches';
export * from './grouping/describe';
export * from './grouping/group';
export { type Loss, lossOf, lossOfAll } from './grouping/losses';
export { displayLabel } from './grouping/display-label';
export { labelPattern } from './grouping/label-pattern';
export { parentsFirst } from './grouping/parents-first';
export { type GraphNode, type GraphSource, visibleGraph } from './grouping/visible';

// Several documents
export { merge } from './merging/merge';
export { totalArtifact } from './merging/total-artifact';
export { totalProcess } from './merging/total-process';
export { diff, type Diff } from './comparing/diff';
export type { ProcessPair } from './comparing/process-pair';
export type { Change } from './comparing/change';
export { changedTimes } from './comparing/changed-times';
export { unite, type UnitedGraph } from './comparing/united';
export { compareRuns, runBefore, type RunPair, type RunSide, type RunSource } from './comparing/compare-runs';
export {
  compareRecords,
  type FirstDifference,
  type RecordHashes,
  type ReproducedStep,
  type Reproduction,
} from './reproducing/compare-records';
export type { CommonSample } from './reproducing/common-samples';
export type { EnvironmentChange } from './reproducing/environment-changes';
export { interrupted } from './live/interrupted';
export { type DocumentRest, LiveDocument } from './live/live-document';

export { hintsOf } from './diagnosis/hints';
export { busyMsOf, diagnosisOf, type Figures, figuresInRun, figuresOf } from './diagnosis/diagnosis';

// The figures of one run
export { type LatestMetric, latestMetrics, latestSeries } from './runs/latest-metrics';
export { artifactInAll, artifactInRun, processInRun } from './runs/in-run';
export { documentOfRun } from './comparing/document-of-run';
export { type RecordMaps, runByProcess, shownRuns } from './runs/shown-runs';

// Other formats
export { EXPORTERS, exportDocument, exporterOf } from './exports/export-document';
export { ExportError } from './exports/export-error';
export { mainSource } from './exports/script';
export type { ExportedFile, Exporter, ExportOptions } from './exports/exporter';
export { toMermaid } from './exports/mermaid';

// Parts of a document
export { type StatisticsBasis, statisticsBasis } from './schema/statistics-basis';
export { joinSchemas } from './schema/join-schemas';
export { mergeSchemas, MAX_FIELDS } from './schema/merge-schemas';
export { departs } from './schema/departs';
export { onlyFields } from './schema/schema-fields';
export { printSchema } from './schema/print-schema';
export { DistinctSketch } from './sketches/distinct-sketch';
export { mergeTimes } from './sketches/merge-times';
export { BUCKET_GROWTH, bucketEnd, TimeSketch } from './sketches/time-sketch';
export { withoutData } from './privacy/without-data';
export { withoutQuotes } from './privacy/without-quotes';

// Wording
export { inWords } from './wording/in-words';
export { printable, withoutControls } from './wording/printable';
export { printDuration } from './wording/print-duration';
export { describeDvc, dvcCommand } from './wording/dvc';
export { formatLength } from './wording/length';
export * from './wording/number';
export { summaryText } from './wording/summary-text';
export { escapeXml, svgText } from './wording/svg-text';
export { visibleText } from './wording/visible-text';
