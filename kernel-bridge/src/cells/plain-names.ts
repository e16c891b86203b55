/** A name as cells are compiled: `$limit.limit`, or `(0 , $limit.limit)` where it is called. */
const COMPILED = /\(0 ?, \$+([\p{ID_Continue}$]+)\.\1\)|\$+([\p{ID_Continue}$]+)\.\2(?![\p{ID_Continue}$])/gu;

/** The message of an error of V8, which quotes the code that runs, in the names that the user wrote. */
export function plainNames(message: string): string {
  return message.replace(COMPILED, (_whole, called?: string, read?: string) => called ?? read!);
}
