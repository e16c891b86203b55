import { expect, it } from 'vitest';
import { optionRows } from '../../../views/src/format/options';

it('the parameters of a function stand among the options of its step', () => {
  const parameters = { size: [224, 224], layout: 'CHW', padIfNeeded: false };
  expect(optionRows({ seed: 7, parameters })).toEqual({
    seed: '7',
    size: '[224,224]',
    layout: 'CHW',
    padIfNeeded: 'false',
  });
});

it('a parameter that is called as an option keeps apart from it', () => {
  expect(optionRows({ seed: 7, parameters: { seed: 1 } })).toEqual({ seed: '7', 'parameters.seed': '1' });
});

it('an option that happens to be called parameters is shown as it is', () => {
  expect(optionRows({ parameters: [1, 2] })).toEqual({ parameters: '[1,2]' });
  expect(optionRows({ parameters: null, path: 'a' })).toEqual({ path: 'a', parameters: 'null' });
  expect(optionRows({})).toEqual({});
});
