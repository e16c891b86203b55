/**
 * A process of its own, since a compiler keeps the thread for longer than a test runner waits for its worker.
 * Reads `{ compiler, root, sources, resolution, published, strict }` from stdin, writes the errors as JSON to stdout.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const { compiler, root, sources, resolution, published, strict } = JSON.parse(readFileSync(0, 'utf8'));
/** @type {typeof import('typescript')} */
const ts = createRequire(import.meta.url)(compiler);

const options = {
  strict,
  noEmit: true,
  target: ts.ScriptTarget.ES2022,
  module: resolution === 'Node16' ? ts.ModuleKind.Node16 : ts.ModuleKind.ES2022,
  moduleResolution: /** @type {Record<string, any>} */ (ts.ModuleResolutionKind)[resolution],
  esModuleInterop: true,
  types: ['node'],
  typeRoots: [join(root, 'node_modules/@types')],
  skipDefaultLibCheck: true,
};
/** @type {Map<string, string>} */
const texts = new Map(Object.entries(sources).map(([path, text]) => [join(root, path), text]));
/** @type {import("typescript").CompilerHost} */
const host = ts.createCompilerHost(options);
const { getSourceFile, fileExists, readFile } = host;
host.getSourceFile = (name, version, ...rest) => {
  const text = texts.get(name);
  return text === undefined ? getSourceFile(name, version, ...rest) : ts.createSourceFile(name, text, version);
};
host.fileExists = (name) => texts.has(name) || fileExists(name);
host.readFile = (name) => texts.get(name) ?? readFile(name);

const program = ts.createProgram([...texts.keys()], options, host);
const isPublished = (/** @type {string} */ name) => /\/(lib|kernel-bridge|monitor)\/dist\//.test(name);
const files = program.getSourceFiles().filter(({ fileName }) => texts.has(fileName) || isPublished(fileName));
const errors = files
  .filter(({ fileName }) => published || texts.has(fileName))
  .flatMap((file) => [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)])
  .map(({ file, start, messageText }) => {
    const line = file?.getLineAndCharacterOfPosition(start ?? 0).line ?? 0;
    return `${file?.fileName.slice(root.length + 1)}:${line + 1}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
  });
process.stdout.write(JSON.stringify({ files: files.length, errors }));
