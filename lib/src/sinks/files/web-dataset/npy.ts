import { endianness } from 'node:os';
import { dtypeOf, type Tensor } from '../../../tensor/tensor';

const CODES: { readonly [dtype: string]: string } = {
  int8: '|i1',
  uint8: '|u1',
  int16: '<i2',
  uint16: '<u2',
  int32: '<i4',
  uint32: '<u4',
  float32: '<f4',
  float64: '<f8',
  int64: '<i8',
  uint64: '<u8',
};

/** A tensor as a file of NumPy (`.npy`, version 1.0). */
export function npyOf({ data, shape }: Tensor): Buffer {
  const dimensions = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const descr = CODES[dtypeOf(data)]!;
  const order = endianness() === 'LE' ? descr : descr.replace('<', '>');
  const text = `{'descr': '${order}', 'fortran_order': False, 'shape': (${dimensions}), }`;
  const padded = `${text.padEnd(Math.ceil((text.length + 11) / 64) * 64 - 11)}\n`;
  const head = Buffer.from(`\x93NUMPY\x01\x00\x00\x00${padded}`, 'latin1');
  head.writeUInt16LE(padded.length, 8);
  return Buffer.concat([head, Buffer.from(data.buffer, data.byteOffset, data.byteLength)]);
}
