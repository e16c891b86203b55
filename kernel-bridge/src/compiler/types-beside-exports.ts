import type ts = require('typescript');

type Found = ts.ResolvedModuleWithFailedLookupLocations & {
  /** What is found where `exports` are not read. Not part of the compiler's public types. */
  alternateResult?: string;
};

const DECLARATIONS = ['.d.ts', '.d.mts', '.d.cts'];

/**
 * Finds the types of a package that names them beside its `exports`, not in them: the compiler alone takes it for one
 * without types.
 */
export function preferTypes(found: Found): ts.ResolvedModuleWithFailedLookupLocations {
  const { alternateResult: file, resolvedModule } = found;
  const extension = DECLARATIONS.find((ending) => file?.endsWith(ending));
  if (file === undefined || extension === undefined || resolvedModule === undefined) return found;
  return { ...found, resolvedModule: { ...resolvedModule, resolvedFileName: file, extension } };
}
