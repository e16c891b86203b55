import { expect, it } from 'vitest';
import { Recorder } from 'stemma';
import { summaryOf } from '../../../../lib/src/cli/summary';

it('the summary has parameters and the latest metrics of steps', async () => {
  const recorder = new Recorder();
  await recorder.step('Train', { parameters: { rate: 0.25, layers: [8, 2] } }, (step) => {
    for (let epoch = 0; epoch < 3; epoch++) step.metrics({ loss: 1 / (epoch + 1), accuracy: epoch / 2 }, epoch);
  });
  await recorder.step('Search', (step) => {
    step.metrics({ score: NaN });
    step.metrics({ best: 2 }, 7);
  });
  await recorder.step('Plot', () => undefined);
  const lines = summaryOf(recorder.document()).split('\n');
  expect(lines).toContain('step "Train": rate 0.25, layers [8,2]; loss 0.3333, accuracy 1 (at 2)');
  expect(lines).toContain('step "Search": score not finite (at 0), best 2 (at 7)');
  expect(lines.filter((line) => line.startsWith('step "Plot"'))).toEqual([]);
});
