/** What we use of apache-arrow: its own types would be needed by all who use ours. */
export interface Arrow {
  RecordBatchReader: {
    from(source: unknown): Promise<AsyncIterable<Batch> & { schema?: ArrowSchema; open(): Promise<unknown> }>;
  };
  Vector: new (data: Data[]) => Vector;
  compressionRegistry?: {
    get(type: number): unknown;
    set(type: number, codec: { decode(bytes: Uint8Array): Uint8Array }): void;
  };
  CompressionType?: { LZ4_FRAME: number; ZSTD: number };
}

export interface ArrowSchema {
  fields: { name: string; type: ArrowType }[];
}

export interface Batch {
  schema: ArrowSchema;
  numRows: number;
  getChildAt(index: number): Vector;
}

export interface ArrowType {
  typeId: number;
  toString(): string;
  scale?: number;
  unit?: number;
  timezone?: string | null;
  bitWidth?: number;
  children?: { name: string; type: ArrowType }[];
  /** What a column of categories holds. */
  dictionary?: ArrowType;
}

export interface Vector {
  type: ArrowType;
  length: number;
  data: Data[];
  get(index: number): unknown;
  isValid(index: number): boolean;
  slice(begin: number, end: number): Vector;
  getChildAt(index: number): Vector;
}

export interface Data {
  length: number;
  values: ArrayLike<number | bigint> & { subarray(start: number, end: number): Uint8Array };
  valueOffsets: ArrayLike<number | bigint>;
  children: (Data & { slice(offset: number, length: number): Data })[];
  dictionary?: Vector;
  getValid(index: number): boolean;
}
