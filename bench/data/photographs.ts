import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Random } from 'stemma';
import sharp from 'sharp';
import { stateFolder } from '../harness/paths';

export const WIDTH = 500;
export const HEIGHT = 375;
const QUALITY = 92;

/**
 * A folder of JPEG files that cost a decoder what photographs cost, made once: dead leaves (Lee, Mumford and Huang
 * 2001), the model of natural images in which opaque objects of all sizes occlude each other, each with shading and a
 * texture of its own, and a sensor's noise over all. Its spectrum falls as a photograph's does. At this quality a file
 * has about as many bytes as one of ImageNet of the same size (110 KB). Image `i` is the same on every machine, up to
 * the encoder.
 */
export async function photographs(count: number): Promise<string> {
  const folder = photographsFolder(count);
  if (existsSync(folder)) return folder;
  const unfinished = `${folder}.part`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  for (let i = 0; i < count; i++) {
    const raw = { width: WIDTH, height: HEIGHT, channels: 3 } as const;
    const jpeg = await sharp(deadLeaves(new Random(i)), { raw })
      .jpeg({ quality: QUALITY })
      .toBuffer();
    writeFileSync(join(unfinished, `photograph-${String(i).padStart(4, '0')}.jpg`), jpeg);
  }
  renameSync(unfinished, folder);
  return folder;
}

export const photographsFolder = (count: number): string => join(stateFolder, `photographs-${count}`);

interface Leaf {
  x: number;
  y: number;
  radius: number;
  squeeze: number;
  colour: readonly [number, number, number];
  /** Grey levels over the leaf, for light that falls from a side. */
  shading: readonly [number, number];
  /** Of the texture: grey levels, waves a pixel, direction. */
  texture: readonly [number, number, number];
}

/** RGB, a byte a channel. */
export function deadLeaves(random: Random): Uint8Array {
  const pixels = new Float32Array(WIDTH * HEIGHT * 3).fill(120);
  // Radii fall off with their cube, between a twentieth of the picture and all of it: from the back to the front.
  for (let i = 0; i < LEAVES; i++) paint(pixels, randomLeaf(random));
  const bytes = new Uint8Array(pixels.length);
  for (let i = 0; i < pixels.length; i++)
    bytes[i] = Math.max(0, Math.min(255, Math.round(pixels[i]! + (random.next() + random.next() - 1) * NOISE)));
  return bytes;
}

const LEAVES = 2000;
const NOISE = 12;
const LEAST_RADIUS = 5;
const GREATEST_RADIUS = 260;

function randomLeaf(random: Random): Leaf {
  const u = random.next();
  const least = LEAST_RADIUS ** -2;
  const radius = (least - u * (least - GREATEST_RADIUS ** -2)) ** -0.5;
  const grey = random.uniform(20, 235);
  const tint = (): number => grey + random.normal(0, 28);
  return {
    x: random.uniform(-0.1, 1.1) * WIDTH,
    y: random.uniform(-0.1, 1.1) * HEIGHT,
    radius,
    squeeze: random.uniform(0.4, 1),
    colour: [tint(), tint(), tint()],
    shading: [random.normal(0, 30), random.normal(0, 30)],
    texture: [random.uniform(0, 26), random.uniform(0.05, 0.9), random.uniform(0, Math.PI)],
  };
}

function paint(pixels: Float32Array, { x, y, radius, squeeze, colour, shading, texture }: Leaf): void {
  const [strength, waves, direction] = texture;
  const [along, across] = [Math.cos(direction) * waves, Math.sin(direction) * waves];
  const [top, bottom] = [Math.max(0, Math.ceil(y - radius)), Math.min(HEIGHT - 1, Math.floor(y + radius))];
  for (let row = top; row <= bottom; row++) {
    const v = (row - y) / radius;
    const half = Math.sqrt(Math.max(0, 1 - v * v)) * radius * squeeze;
    const [left, right] = [Math.max(0, Math.ceil(x - half)), Math.min(WIDTH - 1, Math.floor(x + half))];
    for (let column = left; column <= right; column++) {
      const u = (column - x) / radius;
      const wave = Math.sin(column * along + row * across) * Math.sin(column * across * 0.7 - row * along * 1.3);
      const light = shading[0] * u + shading[1] * v + strength * wave;
      const at = (row * WIDTH + column) * 3;
      for (let c = 0; c < 3; c++) pixels[at + c] = colour[c]! + light;
    }
  }
}
