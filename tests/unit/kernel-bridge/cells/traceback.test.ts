import { expect, it } from 'vitest';
import { tracebackOf } from '../../../../kernel-bridge/src/cells/traceback';

const error = (message: string, frames: string[], cause?: Error): Error =>
  Object.assign(new Error(message, { cause }), { stack: [`Error: ${message}`, ...frames].join('\n') });
const said = (frames: string[]): string[] =>
  tracebackOf(error('zip failed: too short', ['    at cell-2.ts:1:7'], error('too short', frames)));

it('leaves out a cause that only repeats the message, whether V8 knew the await of the cell or not', () => {
  expect(said([])).toEqual(['Error: zip failed: too short', '    at cell-2.ts:1:7']);
  expect(said(['    at async cell-2.ts:1:1'])).not.toContain('caused by Error: too short');
});

it('shows a cause with its own position', () => {
  for (const frame of ['    at cell-2.ts:1:30', '    at async load (cell-1.ts:4:9)'])
    expect(said(['    at async cell-2.ts:1:1', frame])).toEqual([
      'Error: zip failed: too short',
      '    at cell-2.ts:1:7',
      'caused by Error: too short',
      '    at async cell-2.ts:1:1',
      frame,
    ]);
});
