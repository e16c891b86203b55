/** A reporter of vitest that notes each test as soon as it is done. */
import { relative } from 'node:path';
import { root } from '../paths.mjs';
import { EVENTS, appendEvent } from './events.mjs';

/** @typedef {import('vitest/node').TestModule} TestModule */
/** @typedef {import('vitest/node').TestSuite} TestSuite */

export default class VitestEvents {
  /** @param {import('vitest/node').TestCase} testCase */
  onTestCaseResult(testCase) {
    const { state, errors } = testCase.result();
    const flaky = testCase.diagnostic()?.flaky;
    if (state !== 'pending') this.#note(`${nameOf(testCase.module)} > ${testCase.fullName}`, state, errors, flaky);
  }

  /**
   * A hook failed, and its tests were not run.
   * @param {TestSuite} suite
   */
  onTestSuiteResult(suite) {
    const errors = suite.errors();
    if (errors.length > 0) this.#note(`${nameOf(suite.module)} > ${suite.fullName}`, 'failed', errors);
  }

  /**
   * Files that could not be loaded, or of which a hook failed, have failed, too.
   * @param {readonly TestModule[]} modules
   * @param {readonly unknown[]} errors that belong to no test
   */
  onTestRunEnd(modules, errors) {
    for (const module of modules) {
      if (module.errors().length > 0) this.#note(nameOf(module), 'failed', module.errors());
    }
    for (const error of errors) this.#note('outside of the tests', 'failed', [error]);
    appendEvent(this.#file, { end: true });
  }

  /**
   * @param {string} test
   * @param {'passed' | 'failed' | 'skipped'} state
   * @param {readonly unknown[]} [errors]
   * @param {boolean} [flaky] it failed, and passed when it was run again
   */
  #note(test, state, errors = [], flaky = false) {
    const why = errors.map(textOf).join('\n');
    appendEvent(this.#file, { test, state, ...(flaky && { flaky }), ...(why && { why }) });
  }

  get #file() {
    return /** @type {string} */ (process.env[EVENTS]);
  }
}

/** @param {TestModule} module */
function nameOf(module) {
  return relative(root, module.moduleId);
}

/**
 * @param {unknown} error as vitest hands it over: no longer an Error
 * @returns {string}
 */
function textOf(error) {
  const { message, cause, stack = '' } = /** @type {Error} */ (error);
  const place = stack.split('\n').find((line) => /^ +at .*:\d+:\d+\)?$/.test(line) && !line.includes('node_modules'));
  return [message, cause && textOf(cause), place?.replaceAll(`${root}/`, '')].filter(Boolean).join('\n');
}
