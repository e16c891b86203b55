import type * as TypeScript from '@tslab/typescript-for-tslab';

type Found = TypeScript.ResolvedModuleWithFailedLookupLocations & {
  /** The types that a compiler finds that does not read `exports`. Not part of the compiler's public types. */
  node10Result?: string;
};

const DECLARATIONS = ['.d.ts', '.d.mts', '.d.cts'];

/** Finds the types of a package that names them beside its `exports`, not in them: the compiler alone takes it for one without types. */
export function findTypesBesideExports(host: TypeScript.CompilerHost): void {
  const resolve = host.resolveModuleNameLiterals!.bind(host);
  host.resolveModuleNameLiterals = (...request) => resolve(...request).map(preferTypes);
}

function preferTypes(found: Found): TypeScript.ResolvedModuleWithFailedLookupLocations {
  const { node10Result: file, resolvedModule } = found;
  const extension = DECLARATIONS.find((ending) => file?.endsWith(ending));
  if (file === undefined || extension === undefined || resolvedModule === undefined) return found;
  return { ...found, resolvedModule: { ...resolvedModule, resolvedFileName: file, extension } };
}
