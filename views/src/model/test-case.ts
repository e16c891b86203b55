import type { Failure, Process } from 'stemma-document';

/**
 * A test that calls a step's function with the item on which it failed, as far as the record has both; null without the
 * function.
 */
export function testCase({ label, code }: Process, failure: Failure): string | null {
  if (!code) {
    return null;
  }
  const where = [failure.index === null ? '' : `item ${failure.index}`, failure.origin ?? '']
    .filter(Boolean)
    .join(', ');
  // A shortened text is not a value.
  const isWhole = failure.input !== null && !failure.input.includes('…');
  const notes = [
    ...(where === '' ? [] : [where]),
    ...(code.truncated ? ['The function is longer: the record has its beginning.'] : []),
    ...(isWhole ? [] : [`The record has no more of the item than this: ${failure.input ?? ''}`]),
    'Variables from outside of the function are not in the record: declare them here.',
  ];
  return `import assert from 'node:assert/strict';
import test from 'node:test';

${notes.map((note) => `// ${oneLine(note)}`).join('\n')}
const step = ${code.source};
const item = ${isWhole ? failure.input : 'undefined'};

test(${JSON.stringify(`${label}: ${oneLine(failure.message)}`)}, async () => {
  await assert.doesNotReject(async () => step(item));
});
`;
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ');
