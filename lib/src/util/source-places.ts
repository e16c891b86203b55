import { existsSync, readFileSync } from 'node:fs';
import { findSourceMap, SourceMap, type SourceMapPayload } from 'node:module';
import * as path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** A place in a file. Lines and columns count from 1. */
export interface Place {
  /** Its path. */
  file: string;
  line: number;
  column: number;
}

/** A source map as JSON: the published types need none of Node's. */
export interface SourceMapJson {
  mappings: string;
}

interface Compiled {
  map: SourceMap;
  /** What relative names of sources start from. */
  base: string;
}

const MAPPING_URL = /^\/\/[#@]\s*sourceMappingURL=(\S+)\s*$/gm;
const INLINE = /^data:application\/json[^,]*;base64,/;

/** By the path of the file that runs; null where it was not compiled, or nobody says from what. */
const compiled = new Map<string, Compiled | null>();

/** What runs under the name of `file` was made in memory from its text. */
export function registerSourceMap(file: string, payload: SourceMapJson): void {
  compiled.set(file, { map: new SourceMap(payload as SourceMapPayload), base: path.dirname(file) });
}

/** The source map at the end of what a compiler wrote. */
export function inlineSourceMap(code: string): SourceMapJson | null {
  const url = [...code.matchAll(MAPPING_URL)].at(-1)?.[1] ?? '';
  if (!INLINE.test(url)) return null;
  return JSON.parse(Buffer.from(url.replace(INLINE, ''), 'base64').toString()) as SourceMapJson;
}

/**
 * Where the user wrote what stands at `place` in the code that runs: the place itself where that is what they wrote.
 */
export function originalPlace(place: Place): Place {
  const { map, base } = compiledFrom(place.file) ?? {};
  if (map === undefined || base === undefined) return place;
  const entry = map.findEntry(place.line - 1, place.column - 1);
  if (!('originalLine' in entry)) return place;
  const file = sourceFile(entry.originalSource, base);
  return existsSync(file) ? { file, line: entry.originalLine + 1, column: entry.originalColumn + 1 } : place;
}

function compiledFrom(file: string): Compiled | null {
  const known = compiled.get(file);
  if (known !== undefined) return known;
  const found = read(file);
  compiled.set(file, found);
  return found;
}

/** Of Node, which knows those that loaders such as tsx give it; else the one that the compiler left with the file. */
function read(file: string): Compiled | null {
  try {
    const map = findSourceMap(file) ?? findSourceMap(pathToFileURL(file).href);
    if (map !== undefined) return { map, base: path.dirname(file) };
    const code = readFileSync(file, 'utf8');
    const inline = inlineSourceMap(code);
    if (inline !== null) return { map: new SourceMap(inline as SourceMapPayload), base: path.dirname(file) };
    const url = [...code.matchAll(MAPPING_URL)].at(-1)?.[1];
    if (url === undefined) return null;
    const mapFile = path.resolve(path.dirname(file), decodeURI(url));
    const payload = JSON.parse(readFileSync(mapFile, 'utf8')) as SourceMapPayload;
    return { map: new SourceMap(payload), base: path.resolve(path.dirname(mapFile), payload.sourceRoot ?? '') };
  } catch {
    return null;
  }
}

function sourceFile(source: string, base: string): string {
  return source.startsWith('file:') ? fileURLToPath(source) : path.resolve(base, source);
}
