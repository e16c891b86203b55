import { types as nodeTypes } from 'node:util';
import type { Node } from '../../../graph/node';
import { type Options, optionsOf } from '../../../graph/operation-options';
import { isTypedArray } from '../../../tensor/tensor';
import { type Found, Misfit } from '../columnar/column-type';
import { type GroupWriter, recordedTypes, RowGroups } from '../columnar/row-groups';
import { TO_COLUMNS_OPTIONS, type ToColumnsOptions } from '../columnar/to-parquet';
import type { FileFormat } from '../file-format';
import type { Bytes } from '../output-file';
import { writeFile, type Written } from '../write-file';
import { maskedCrc32c } from './crc32c';
import { exampleOf } from './example';
import { FeatureNames } from './feature-names';

/** The first of them say whether a number is an integer; a group is no unit of the file. */
const GROUP = { rows: 4096, bytes: 4 * 1024 * 1024 };

export function toTfRecord(node: Node, path: string, given?: Options<ToColumnsOptions>): Promise<Written> {
  const { types, ...options } = optionsOf(given, 'toTfRecord', TO_COLUMNS_OPTIONS);
  const format = new Examples(new RowGroups(new Records(), 'toTfRecord', types, GROUP));
  return writeFile({ node, kind: 'toTfRecord', path, options, format, gzip: true, recorded: recordedTypes(types) });
}

/** Refuses what columns hold and an Example does not. */
class Examples implements FileFormat {
  readonly #names = new FeatureNames();

  constructor(private readonly rows: RowGroups) {}

  encode(item: unknown): ReturnType<FileFormat['encode']> {
    if (typeof item !== 'object' || item === null) return this.rows.encode(item);
    checkFields(item);
    const added = this.#names.add(item);
    try {
      return this.rows.encode(item);
    } catch (error) {
      this.#names.remove(added);
      throw error;
    }
  }

  end(): Promise<Bytes> {
    return this.rows.end();
  }
}

function checkFields(record: object): void {
  for (const [name, value] of Object.entries(record) as [string, unknown][])
    try {
      checkValue(value);
    } catch (error) {
      throw error instanceof Misfit ? error.within(name) : error;
    }
}

function checkValue(value: unknown): void {
  if (nodeTypes.isDate(value))
    throw new Misfit(value, 'which an Example cannot hold; map it to a text, or to milliseconds as a bigint');
  if (typeof value === 'number' && Math.abs(value) > GREATEST && Number.isFinite(value))
    throw new Misfit(value, 'which is too great for the 32-bit floats of an Example; map it to a text');
  if (Array.isArray(value))
    for (const [i, element] of (value as unknown[]).entries())
      if (
        element === null ||
        element === undefined ||
        (typeof element === 'object' && !nodeTypes.isUint8Array(element))
      )
        throw new Misfit(
          element,
          'and lists in an Example have numbers, texts or bytes; map nested lists to a tensor, { data, shape }',
          `[${i}]`,
        );
  if (typeof value === 'object' && value !== null && !Array.isArray(value) && !isTypedArray(value)) checkFields(value);
}

/** What lies beyond has no float of 32 bits near it. */
const GREATEST = 3.4028235677973366e38;

/** Each Example behind its length and the checksum of that, and before its own. */
class Records implements GroupWriter {
  group(rows: readonly { [name: string]: unknown }[], columns: ReadonlyMap<string, Found>): Uint8Array {
    return Buffer.concat(
      rows.map((row) => {
        const example = exampleOf(row, columns);
        const [head, tail] = [Buffer.alloc(12), Buffer.alloc(4)];
        head.writeBigUInt64LE(BigInt(example.length));
        head.writeUInt32LE(maskedCrc32c(head.subarray(0, 8)), 8);
        tail.writeUInt32LE(maskedCrc32c(example));
        return Buffer.concat([head, example, tail]);
      }),
    );
  }

  end(): Uint8Array {
    return new Uint8Array();
  }
}
