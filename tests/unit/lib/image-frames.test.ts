import { crc32 } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { decodeImage } from 'stemma';
import { tiffDirectory } from '../../support/tiff-directory';

const SIZE = { width: 4, height: 4 };
const CLEAR = { r: 0, g: 0, b: 0, alpha: 0 };

const frame = (background: string | typeof CLEAR): Promise<Buffer> =>
  sharp({ create: { ...SIZE, channels: 4, background } })
    .png()
    .toBuffer();

async function animation(format: 'gif' | 'webp', backgrounds: readonly (string | typeof CLEAR)[]): Promise<Buffer> {
  const frames = await Promise.all(backgrounds.map(frame));
  const image = frames.length === 1 ? sharp(frames[0]).removeAlpha() : sharp(frames, { join: { animated: true } });
  return (format === 'gif' ? image.gif() : image.webp({ lossless: true })).toBuffer();
}

/** The channels of the file as it is, and the first pixel with alpha. */
async function decoded(bytes: Buffer): Promise<[channels: number, pixel: number[]]> {
  const { shape } = await decodeImage(bytes);
  expect(shape.slice(1)).toEqual([4, 4]);
  const { data } = await decodeImage(bytes, { layout: 'HWC', channels: 4 });
  return [shape[0]!, [...data.slice(0, 4)]];
}

const RED = [255, 0, 0, 255];

describe('the channels of an animation do not depend on the frame that is first', () => {
  it.each([
    ['one opaque frame', ['red'], RED],
    ['one grey frame', ['#808080'], [128, 128, 128, 255]],
    ['opaque frames', ['red', 'blue'], RED],
    ['a transparent frame first', [CLEAR, 'blue'], [0, 0, 0, 0]],
    ['a transparent frame last', ['red', CLEAR], RED],
  ])('GIF of %s: 4', async (_, backgrounds, pixel) => {
    expect(await decoded(await animation('gif', backgrounds))).toEqual([4, pixel]);
  });

  it.each([
    ['opaque frames', ['red', 'blue'], 3, RED],
    ['a grey frame first', ['#808080', 'red'], 3, [128, 128, 128, 255]],
    ['a transparent frame first', [CLEAR, 'blue'], 4, [0, 0, 0, 0]],
    ['a transparent frame last', ['red', CLEAR], 4, RED],
  ])('WebP of %s: those of its header', async (_, backgrounds, channels, pixel) => {
    expect(await decoded(await animation('webp', backgrounds))).toEqual([channels, pixel]);
  });

  it.each([
    ['small', 1],
    ['large, which sharp decodes', 60],
  ])('APNG, %s: those of its header', async (_, factor) => {
    const size = { width: 4 * factor, height: 4 * factor };
    const image = (channels: 3 | 4, background: string | typeof CLEAR): Promise<Buffer> =>
      sharp({ create: { ...size, channels, background } })
        .png()
        .toBuffer();
    const opaque = apng(await image(3, 'red'), await image(3, 'blue'));
    const clear = apng(await image(4, 'red'), await image(4, CLEAR));
    expect((await decodeImage(opaque)).shape).toEqual([3, size.height, size.width]);
    expect((await decodeImage(clear)).shape).toEqual([4, size.height, size.width]);
    expect([...(await decodeImage(clear, { layout: 'HWC' })).data.slice(0, 4)]).toEqual(RED);
  });
});

describe('the channels of a TIFF file with several pages hold each of them', () => {
  it.each([
    ['grey', [1, 1], 1, [100, 100, 100, 255]],
    ['colour first', [3, 1], 3, [100, 110, 120, 255]],
    ['colour last', [1, 3], 3, [100, 100, 100, 255]],
    ['alpha first', [4, 3, 1], 4, [100, 110, 120, 130]],
    ['alpha last', [1, 3, 4], 4, [100, 100, 100, 255]],
  ])('%s', async (_, pages, channels, pixel) => {
    expect(await decoded(tiff(pages))).toEqual([channels, pixel]);
  });

  it('but for those that the call asks for', async () => {
    expect((await decodeImage(tiff([1, 4]), { channels: 1 })).shape).toEqual([1, 4, 4]);
    expect((await decodeImage(tiff([1, 4]), { channels: 4, width: 2 })).shape).toEqual([4, 2, 2]);
  });
});

/** Two frames of one size and kind, each an image of its own before. */
function apng(first: Buffer, second: Buffer): Buffer {
  const chunks = (png: Buffer): [type: string, data: Buffer][] => {
    const found: [string, Buffer][] = [];
    for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at))
      found.push([png.toString('latin1', at + 4, at + 8), png.subarray(at + 8, at + 8 + png.readUInt32BE(at))]);
    return found;
  };
  const write = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    return Buffer.concat([uint32(data.length), body, uint32(crc32(body))]);
  };
  const size = first.subarray(16, 24);
  const control = (index: number): Buffer =>
    write('fcTL', Buffer.concat([uint32(index), size, uint32(0), uint32(0), Buffer.from([0, 1, 0, 10, 0, 0])]));
  const data = (png: Buffer): Buffer =>
    Buffer.concat(chunks(png).flatMap(([type, bytes]) => (type === 'IDAT' ? [bytes] : [])));
  return Buffer.concat([
    first.subarray(0, 8),
    write('IHDR', first.subarray(16, 29)),
    write('acTL', Buffer.concat([uint32(2), uint32(0)])),
    control(0),
    write('IDAT', data(first)),
    control(1),
    write('fdAT', Buffer.concat([uint32(2), data(second)])),
    write('IEND', Buffer.alloc(0)),
  ]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/**
 * Pages of four by four pixels: of one sample (grey), three (RGB) or four (with alpha). Sharp writes pages of one kind
 * only.
 */
function tiff(pages: readonly number[]): Buffer {
  const parts = [Buffer.from([0x49, 0x49, 42, 0, 0, 0, 0, 0])];
  const length = (): number => parts.reduce((sum, part) => sum + part.length, 0);
  let link = 4;
  for (const samples of pages) {
    const pixels = Buffer.from(Array.from({ length: 16 * samples }, (_, i) => 100 + 10 * (i % samples)));
    const [pixelsAt, bitsAt] = [length(), length() + pixels.length];
    parts.push(pixels, Buffer.from([8, 0, 8, 0, 8, 0, 8, 0]));
    const tags = [
      [256, 3, 1, SIZE.width],
      [257, 3, 1, SIZE.height],
      samples === 1 ? [258, 3, 1, 8] : [258, 3, samples, bitsAt],
      [259, 3, 1, 1],
      [262, 3, 1, samples === 1 ? 1 : 2],
      [273, 4, 1, pixelsAt],
      [277, 3, 1, samples],
      [278, 3, 1, SIZE.height],
      [279, 4, 1, pixels.length],
      ...(samples === 4 ? [[338, 3, 1, 2]] : []),
    ];
    const directory = tiffDirectory(tags);
    const at = length();
    parts.push(directory);
    const file = Buffer.concat(parts);
    file.writeUInt32LE(at, link);
    parts.splice(0, parts.length, file);
    link = at + directory.length - 4;
  }
  return parts[0]!;
}
