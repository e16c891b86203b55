import './util/refuse-old-node';

// The Dataset library
export { Dataset, type ClassFolder, type ClassFolderOptions, type ItemOf } from './dataset/dataset';
export type { StatisticsOptions } from './dataset/consumable';
export type { Items } from './dataset/item-operations';
export type { OperationOptions, Options } from './graph/operation-options';
export type { BatchOptions } from './operators/batching/batch';
export type { BucketByOptions, BucketKey } from './operators/batching/bucket-by';
export type { CacheOptions } from './operators/cache/cache';
export type { Batched, PaddedBatch, RaggedBatch, Unbatched } from './operators/batching/batched';
export type { DistinctOptions } from './operators/distinct';
export type { EnumerateOptions } from './operators/enumerate';
export type { FunctionOptions } from './operators/function-operator';
export type { InterleaveOptions } from './operators/interleave/interleave';
export type { InterleaveMapOptions } from './operators/interleave/interleave-map';
export type { WorkerOptions } from './operators/map-in-workers';
export type { MixOptions } from './operators/mix';
export type {
  PaddedBatchOptions,
  PaddedShape,
  PadValue,
  PerField,
  SomeFields,
} from './operators/batching/padding-options';
export type { RandomMapOptions } from './operators/random-map';
export type { SampleOptions } from './operators/sample';
export type { ShuffleOptions } from './operators/shuffle';
export type { SplitOptions } from './operators/split/split';
export type { StreamFunction, ThroughOptions } from './operators/through/through';
export type { UnbatchOptions } from './operators/batching/unbatch';
export type { WindowOptions } from './operators/batching/window';
export type { ZipOptions } from './operators/zip/zip';
export type { ZipEnds } from './operators/zip/zip-stage';
export type { SinkOptions } from './sinks/run-sink';
export type { IterateOptions, ResumableIterator } from './sinks/iterate';
export type { IteratorState } from './sinks/iterator-state';
export type { ToCsvOptions } from './sinks/files/to-csv';
export type { FileContent, ToFolderOptions } from './sinks/files/to-folder';
export type { ToColumnsOptions } from './sinks/files/columnar/to-parquet';
export type { ScalarType, WrittenType } from './sinks/files/columnar/column-type';
export type { ToWebDatasetOptions } from './sinks/files/web-dataset/to-web-dataset';
export type { OutputOptions } from './sinks/files/name-output';
export type { WriteOptions, Written } from './sinks/files/write-file';
export type { ColumnType, ColumnTypeName } from './sources/csv/column-types';
export type { DateColumn } from './sources/csv/date-reader';
export type { CsvOptions, CsvTypes } from './sources/csv/csv-options';
export type { CsvRow } from './sources/csv/csv-row';
export type { FileRef, FolderOptions } from './sources/from-folder';
export type { Iterating } from './sources/from-generator';
export type { JsonOptions } from './sources/from-json';
export type { JsonLinesOptions } from './sources/from-json-lines';
export type { ColumnarOptions } from './sources/from-parquet';
export type { Streaming } from './sources/from-stream';
export type { TextOptions } from './sources/from-text-lines';
export type { InexactNumbers } from './sources/json/strict-json';
export type { Files, FilesOptions } from './sources/files/files';
export type { ChannelAxis, ColumnStatistics, DatasetStatistics } from './statistics/dataset-statistics';
export type { CategoryStatistics } from './statistics/category-accumulator';
export type { NumberStatistics } from './statistics/number-statistics';
export { PipelineError } from './engine/errors';
export type { StreamContext, StreamItems } from './operators/through/through-stage';
export type { FunctionContext } from './engine/user-function';
export type { OnError } from './engine/on-error';
export { Random } from './util/random';

// Images and tensors
export { decodeImage, type DecodeOptions, type ImageTensor } from './images/decode-image';
export { decodeSettings } from './images/settings';
export type { Tensor, TypedArray } from './tensor/tensor';
export { tensors, toTensors, type AsTensors, type TensorFlow } from './adapters/tfjs';

// Transforms of images
export { adjustBrightness } from './images/transforms/adjust-brightness';
export { adjustContrast } from './images/transforms/adjust-contrast';
export { adjustHue } from './images/transforms/adjust-hue';
export { adjustSaturation } from './images/transforms/adjust-saturation';
export { affine, type AffineOptions } from './images/transforms/affine';
export { centerCrop, type CenterCropOptions } from './images/transforms/center-crop';
export { colorJitter, type ColorJitterOptions } from './images/transforms/color-jitter';
export { grayscale, type GrayscaleOptions } from './images/transforms/grayscale';
export { horizontalFlip } from './images/transforms/horizontal-flip';
export { normalize, type NormalizeOptions } from './images/transforms/normalize';
export { randomAffine, type RandomAffineOptions } from './images/transforms/random-affine';
export { randomCrop, type RandomCropOptions } from './images/transforms/random-crop';
export { randomGrayscale } from './images/transforms/random-grayscale';
export { randomHorizontalFlip } from './images/transforms/random-horizontal-flip';
export { randomResizedCrop, type RandomResizedCropOptions } from './images/transforms/random-resized-crop';
export { randomRotation } from './images/transforms/random-rotation';
export { randomVerticalFlip } from './images/transforms/random-vertical-flip';
export { resize, type ResizeMode, type ResizeOptions } from './images/transforms/resize';
export { rotate, type RotateOptions } from './images/transforms/rotate';
export { toCHW } from './images/transforms/to-chw';
export { toFloat32 } from './images/transforms/to-float32';
export { toHWC } from './images/transforms/to-hwc';
export { toUint8 } from './images/transforms/to-uint8';
export { verticalFlip } from './images/transforms/vertical-flip';
export type { WarpOptions } from './images/transforms/warp-options';
export type { Layout, Pixels } from './images/transforms/image';
export type { Fill, Interpolation, LayoutOptions, NumberRange, Size } from './images/transforms/parameters';
export type {
  FieldTransform,
  ImageTransform,
  RandomFieldTransform,
  RandomImageTransform,
  Transformed,
  WithTransformed,
} from './images/transforms/transform';

export type { TransformFacts } from './util/described';

// Transforms of columns, most of which are fitted first
export { dropColumns, type DropColumns } from './preprocessing/drop-columns';
export { hashEncoder, type ColumnTransform, type HashEncoderOptions } from './preprocessing/hash-encoder';
export { kBinsDiscretizer, type KBinsDiscretizerOptions } from './preprocessing/k-bins-discretizer';
export { minMaxScaler, type MinMaxScalerOptions } from './preprocessing/min-max-scaler';
export { oneHotEncoder, type OneHotEncoderOptions } from './preprocessing/one-hot-encoder';
export { ordinalEncoder, type OrdinalEncoderOptions } from './preprocessing/ordinal-encoder';
export { renameColumns, type NewNames, type RenameColumns } from './preprocessing/rename-columns';
export { robustScaler, type RobustScalerOptions } from './preprocessing/robust-scaler';
export { selectColumns, type SelectColumns } from './preprocessing/select-columns';
export { simpleImputer, type ImputerStrategy, type SimpleImputerOptions } from './preprocessing/simple-imputer';
export { standardScaler, type StandardScalerOptions } from './preprocessing/standard-scaler';
export { vocabulary, type VocabularyOptions } from './preprocessing/vocabulary';
export type { Category } from './preprocessing/cells';
export type { Categories } from './preprocessing/encoder';
export type {
  ColumnResult,
  ColumnResults,
  Estimator,
  FittedTransform,
  HasColumns,
  InverseTransform,
  SavedTransform,
  WithColumns,
} from './preprocessing/fitted-transform';
export type { Linear } from './preprocessing/linear';

// The record
export { plan } from './plan';
export { provenance, Recorder, type RecorderOptions } from './recorder-api';
export type { CommandOptions, CommandResult } from './steps/command';
export type { ValueOptions } from './steps/named-value';
export type { StepOptions } from './steps/step';
export type { Step } from './steps/step-work';
export { show } from './show';
export type { RecorderLimits, RecorderSettings } from './recorder/settings/settings';

// Pipelines as modules, for `stemma run`
export type { Metrics, PipelineContext, PipelineModule, PipelineResult } from './cli/pipeline-module';

// Documents: read, compare, merge
export {
  canonicalHash,
  checkDocument,
  compareRecords,
  definitionLayer,
  DocumentError,
  exportDocument,
  ExportError,
  EXPORTERS,
  diff,
  inputsOf,
  merge,
  outputDigest,
  neededCells,
  parseDocument,
} from 'stemma-document';
export type {
  Anomaly,
  Artifact,
  ArtifactContribution,
  ArtifactExecution,
  BufferLevels,
  Capture,
  Cell,
  CellRef,
  CommandRun,
  Change,
  Code,
  CommonSample,
  ContentDigest,
  DefinitionLayer,
  Diff,
  DocumentFrame,
  Dropped,
  DvcChange,
  DvcFacts,
  DvcImport,
  Envelope,
  Environment,
  EnvironmentChange,
  ErrorMessage,
  ExportOptions,
  ExportedFile,
  Exporter,
  Extension,
  Extensions,
  Failure,
  FieldStatistics,
  FirstDifference,
  GitState,
  Hello,
  Histogram,
  JsonValue,
  KernelMessage,
  KnownLength,
  KnownState,
  Length,
  NoticeMessage,
  OtherKind,
  OtherTag,
  OtherType,
  OtherWord,
  MetricSeries,
  Overview,
  PageMessage,
  Patch,
  PatchMessage,
  Position,
  Process,
  ProcessContribution,
  ProcessDefinition,
  ProcessExecution,
  ProcessPair,
  ProvenanceDocument,
  Range,
  RecordHashes,
  ReducedMatrix,
  ReplyMessage,
  ReproducedStep,
  Reproduction,
  RequestMessage,
  Resumed,
  Run,
  Sample,
  SamplesMessage,
  Schema,
  SchemaField,
  SessionInfo,
  Shard,
  SnapshotMessage,
  State,
  StatusMessage,
  Summary,
  SummaryField,
  TensorSummary,
  Thumbnail,
  TimeStatistics,
  WrittenFile,
} from 'stemma-document';
export { readDocument } from './documents/read-document';
export { saveDocument } from './documents/save-document';
