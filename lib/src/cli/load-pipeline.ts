import { statSync } from 'node:fs';
import * as path from 'node:path';
import { createJiti } from 'jiti';
import { fileKind } from '../util/file-kind';
import { inlineSourceMap, registerSourceMap } from '../util/source-places';
import { ownPackages } from './own-packages';
import type { PipelineModule } from './pipeline-module';
import { UsageError } from './usage-error';

const OPTIONS = { interopDefault: true, fsCache: false } as const;
const compiler = createJiti(__filename, OPTIONS);

/** As jiti compiles it, and known by its source map, which tells where the user wrote what. */
function transform(options: Parameters<typeof compiler.transform>[0]): { code: string } {
  const code = compiler.transform(options);
  const map = options.filename === undefined ? null : inlineSourceMap(code);
  if (map === null) return { code };
  // Jiti puts a function around it, whose head is the first line then.
  registerSourceMap(options.filename!, { ...map, mappings: `;${map.mappings}` });
  return { code: `\n${code.replace(/^#!/, '//')}` };
}

/** The default export of a TypeScript or JavaScript module. */
export async function loadPipeline(file: string): Promise<PipelineModule> {
  const resolved = path.resolve(file);
  const stats = statSync(resolved, { throwIfNoEntry: false });
  if (stats === undefined) throw new UsageError(`there is no file "${file}" (looked for at "${resolved}")`);
  // Reading a FIFO would wait, and a device may have no end.
  if (!stats.isFile()) throw new UsageError(`cannot run "${file}": expected a module, got ${fileKind(stats)}`);
  const options = { ...OPTIONS, sourceMaps: true, alias: ownPackages(resolved), transform };
  const loaded = await createJiti(resolved, options).import<{ default?: unknown }>(resolved);
  const pipeline = typeof loaded === 'function' ? loaded : loaded?.default;
  if (typeof pipeline !== 'function')
    throw new UsageError(
      `"${file}" has no function as its default export; write: export default (params) => Dataset.fromFolder(…)`,
    );
  return pipeline as PipelineModule;
}
