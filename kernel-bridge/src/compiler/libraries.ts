/** Libraries of TypeScript beyond ES2023, and what a Node has that has all they declare. */
const BEYOND: [library: string, has: () => unknown][] = [
  ['es2024.arraybuffer', () => 'transfer' in ArrayBuffer.prototype],
  ['es2024.collection', () => 'groupBy' in Map],
  ['es2024.object', () => 'groupBy' in Object],
  ['es2024.promise', () => 'withResolvers' in Promise],
  ['es2024.regexp', () => 'unicodeSets' in RegExp.prototype],
  ['es2024.sharedmemory', () => 'waitAsync' in Atomics],
  ['es2024.string', () => 'isWellFormed' in String.prototype],
  ['esnext.array', () => 'fromAsync' in Array],
  ['esnext.collection', () => 'union' in Set.prototype],
  ['esnext.disposable', () => 'dispose' in Symbol],
  ['esnext.error', () => 'isError' in Error],
  ['esnext.float16', () => 'Float16Array' in globalThis],
  ['esnext.iterator', () => 'Iterator' in globalThis],
  ['esnext.promise', () => 'try' in Promise],
  ['esnext.sharedmemory', () => 'pause' in Atomics],
];

/** The library files that describe the Node that runs. */
export function libraries(): string[] {
  const names = ['es2023', ...BEYOND.filter(([, has]) => has() === true).map(([library]) => library)];
  return names.map((name) => `lib.${name}.d.ts`);
}
