import {
  canonicalHash,
  diff,
  inputsOf,
  merge,
  outputDigest,
  printable,
  type ProvenanceDocument,
  type SessionEnd,
} from 'stemma-document';
import { readDocument } from '../documents/read-document';
import { saveDocument } from '../documents/save-document';
import { describeDiff } from './describe-diff';
import { describeFailures } from './describe-failures';
import { describeSettings } from './describe-settings';
import { summaryOf } from './summary';
import { print } from './terminal';
import { plural } from '../util/plural';

/** `stemma merge`: one document of several. */
export async function mergeCommand(first: string, others: string[], { out }: { out: string }): Promise<number> {
  const merged = merge(readDocument(first), ...others.map((file) => readDocument(file)));
  await saveDocument(merged, out);
  const sessions = merged.contributions?.length ?? 1;
  print(`${sessions === 1 ? 'one session' : `${sessions} sessions`} merged to ${out}`);
  return 0;
}

/** `stemma hash`: three lines for each file, each begins as `sha256sum` prints it. */
export function hashCommand(files: string[]): number {
  for (const file of files)
    for (const [what, hash] of hashesOf(readDocument(file))) print(`${hash}  ${what.padEnd(10)}  ${file}`);
  return 0;
}

/** Three hashes, and never one word for them. */
function hashesOf(document: ProvenanceDocument): [what: string, hash: string][] {
  return [
    ['definition', canonicalHash(document)],
    ['inputs', inputsOf(document).hash],
    ['output', outputDigest(document) ?? 'unknown'.padEnd(64)],
  ];
}

/** What of the inputs the record does not know. */
function unknownInputs(document: ProvenanceDocument): string[] {
  const { unknown } = inputsOf(document);
  if (unknown.length === 0) return [];
  const more = unknown.length > MOST_UNKNOWN ? [`and ${unknown.length - MOST_UNKNOWN} more`] : [];
  return [
    `not known of the inputs: ${[...unknown.slice(0, MOST_UNKNOWN), ...more].map((one) => printable(one)).join('; ')}`,
  ];
}

const MOST_UNKNOWN = 8;

/** `stemma diff`: as git's, it fails where there is a difference only if asked to. */
export function diffCommand(a: string, b: string, { exitCode = false }: { exitCode?: boolean }): number {
  const found = diff(readDocument(a), readDocument(b));
  print(describeDiff(found));
  const isSame = found.sameDefinition && found.sameInputs !== false && found.sameOutput !== false;
  return exitCode && !isSame ? 1 : 0;
}

/** `stemma show`: what a run's table says, of a document. */
export function showCommand(file: string): number {
  const document = readDocument(file);
  const { session, environment, generatedAt, runs } = document;
  const facts = [
    session.notebook ?? 'unknown program',
    ...describeSettings(session),
    ...(document.contributions === undefined ? [] : [plural(document.contributions.length, 'session')]),
    `${runs.length} ${runs.length === 1 ? 'run' : 'runs'}`,
    `until ${generatedAt}`,
    ...(session.end === undefined ? [] : [endOf(session.end)]),
    ...(environment.git?.remote === undefined
      ? []
      : [`${environment.git.remote} ${environment.git.commit.slice(0, 10)}`]),
    `stemma ${environment.stemma}, Node ${environment.node}`,
  ];
  const head = facts.map((fact) => printable(fact)).join(', ');
  const hashes = hashesOf(document).map(([what, hash]) => `${what.padEnd(10)} ${hash.trim()}`);
  print([head, summaryOf(document), ...describeFailures(document), ...hashes, ...unknownInputs(document)].join('\n'));
  return 0;
}

const endOf = ({ how, signal }: SessionEnd): string => (signal === undefined ? how : `${how} by ${signal}`);
