import { InvalidArgumentError } from 'commander';
import type { JsonValue, Shard } from 'stemma-document';

export interface Parameters {
  [name: string]: JsonValue;
}

/** One `--params`: an object as JSON, or `name=value` with a value as JSON, else as text. Later ones win. */
export function parseParameters(text: string, before: Parameters = {}): Parameters {
  if (text.trimStart().startsWith('{')) return { ...before, ...parseObject(text) };
  const at = text.indexOf('=');
  if (at <= 0) throw new InvalidArgumentError(`"${text}" is neither name=value nor a JSON object.`);
  return { ...before, [text.slice(0, at)]: valueOf(text.slice(at + 1)) };
}

function parseObject(text: string): Parameters {
  try {
    return JSON.parse(text) as Parameters;
  } catch (error) {
    throw new InvalidArgumentError(`"${text}" is not a JSON object: ${(error as Error).message}.`);
  }
}

function valueOf(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return text;
  }
}

/** From 0, which takes a free one, to 65535. */
export function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535)
    throw new InvalidArgumentError(`"${text}" is not a port: expected a whole number from 0 to 65535.`);
  return port;
}

export function parseSeed(text: string): number {
  const seed = Number(text);
  if (!/^-?\d+$/.test(text) || !Number.isSafeInteger(seed))
    throw new InvalidArgumentError(`"${text}" is not a seed: a whole number.`);
  return seed;
}

/** `3/8` is the third of eight parts, whose index is 2. */
export function parseShard(text: string): Shard {
  const [, number, count] = /^(\d+)\/(\d+)$/.exec(text)?.map(Number) ?? [];
  if (number === undefined || count === undefined || number < 1 || number > count)
    throw new InvalidArgumentError(`"${text}" is not a part of a whole: 1/8 is the first of eight, 8/8 the last.`);
  return { index: number - 1, count };
}

/** One `--data`: `old=new`, added to those before. */
export function parseMoved(text: string, before: [string, string][] = []): [string, string][] {
  const at = text.indexOf('=');
  if (at <= 0 || at === text.length - 1)
    throw new InvalidArgumentError(`"${text}" is not old=new, such as data/digits=/mnt/digits.`);
  return [...before, [text.slice(0, at), text.slice(at + 1)]];
}

export function parseTolerance(text: string): number {
  const tolerance = Number(text);
  if (text.trim() === '' || !(tolerance >= 0 && tolerance <= 1))
    throw new InvalidArgumentError(`"${text}" is not a tolerance: expected a number from 0 to 1.`);
  return tolerance;
}
