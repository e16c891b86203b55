// The Dataset library
export { Dataset, type ClassFolder, type ClassFolderOptions } from './dataset/dataset';
export type { OperationOptions, Options } from './graph/node';
export type { BatchOptions } from './operators/batch';
export type { Batched } from './operators/collate';
export type { FunctionOptions } from './operators/function-operator';
export type { RandomMapOptions } from './operators/random-map';
export type { ShuffleOptions } from './operators/shuffle';
export type { SinkOptions } from './sinks/run-sink';
export type { FileRef, FolderOptions } from './sources/from-folder';
export type { Iterating } from './sources/from-generator';
export { PipelineError } from './engine/errors';
export type { FunctionContext, OnError } from './engine/user-function';
export { Random } from './util/random';

// Images and tensors
export { decodeImage, type DecodeOptions, type ImageTensor } from './images/decode-image';
export type { Tensor, TypedArray } from './tensor/tensor';

// The record
export { provenance } from './provenance-api';
export { show } from './show';
export type { RecorderLimits, RecorderSettings } from './recorder/session';
export type * from './provenance/document';

// Pipelines as modules, for `stemma run`
export type { PipelineContext, PipelineModule } from './cli/pipeline-module';

// Documents: read, compare, merge
export { canonicalHash, definitionLayer, type DefinitionLayer } from './documents/canonical-hash';
export type { Change } from './documents/changes';
export type { ProcessDefinition } from './documents/definition';
export { DocumentError } from './documents/document-error';
export { lineUp, type LineUp, type ProcessPair } from './documents/line-up';
export { merge } from './documents/merge';
export { readDocument } from './documents/read-document';
export { saveDocument } from './provenance/save';
export type * from './provenance/source';

// For kernels and front ends
export { HOST_KEY, SESSION_KEY, type BinarySample, type Feed, type Host, type HostedSession } from './host';
export { COMM_TARGET, PROTOCOL_VERSION } from './protocol';
export type * from './protocol';
