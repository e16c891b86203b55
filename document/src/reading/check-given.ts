import { inWords } from '../wording/in-words';

/** Of what a person passes on: whether it is a document at all. What is in one is checked where it is read. */
export function checkGiven(value: unknown, name: string): void {
  const { processes, session } = (value ?? {}) as { processes?: unknown; session?: unknown };
  if (Array.isArray(processes) && typeof session === 'object' && session !== null) return;
  throw new TypeError(
    `invalid document of ${name}: expected a document, as readDocument and provenance.document return it, got ` +
      inWords(value) +
      (Array.isArray(value) ? ' (documents are given one by one: merge(...list))' : ''),
  );
}
