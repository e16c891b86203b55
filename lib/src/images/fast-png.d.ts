/**
 * What is used of fast-png: TypeScript does not find the types of a package that is ESM only when it compiles to
 * CommonJS.
 */
declare module 'fast-png' {
  export function decode(
    bytes: Uint8Array,
    options?: { checkCrc?: boolean },
  ): { width: number; height: number; data: Uint8Array; transparency?: Uint16Array };
}
