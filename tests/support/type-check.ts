import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { inRoot, root } from '../../scripts/support/paths.mjs';

/** The oldest compiler that the published types support, which comes with tslab, and the newest. */
export const COMPILERS = ['@tslab/typescript-for-tslab', 'typescript'] as const;

/** How a compiler finds what an import names: as of old, as Node does, as bundlers do. */
export const RESOLUTIONS = ['Node10', 'Node16', 'Bundler'] as const;

/** Texts by the path, relative to the project, that they are compiled as. */
export type Sources = { [path: string]: string };

/**
 * What a compiler says, under `strict` unless that is false, of the sources and, unless `published` is false, of the
 * published types that they import: `path:line: message`.
 */
export async function typeErrors(
  compiler: string,
  sources: Sources,
  {
    resolution = 'Node10',
    published = true,
    strict = true,
  }: { resolution?: (typeof RESOLUTIONS)[number]; published?: boolean; strict?: boolean } = {},
): Promise<string[]> {
  const child = spawn(process.execPath, [inRoot('tests', 'support', 'type-checker.mjs')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(JSON.stringify({ compiler, root, sources, resolution, published, strict }));
  const output = await text(child.stdout);
  const { files, errors } = JSON.parse(output) as { files: number; errors: string[] };
  if (files < Object.keys(sources).length + 20) throw new Error('the sources do not import the published types');
  return errors;
}
