/** A reporter of vitest that notes each test as soon as it is done. */
import { relative } from 'node:path';
import { root } from '../paths.mjs';
import { EVENTS, appendEvent } from './events.mjs';

/** @typedef {import('vitest/node').TestModule} TestModule */
/** @typedef {import('vitest/node').TestSuite} TestSuite */

export default class VitestEvents {
  /** @param {import('vitest/node').TestCase} testCase */
  onTestCaseResult(testCase) {
    const { state } = testCase.result();
    if (state !== 'pending') this.#note(`${nameOf(testCase.module)} > ${testCase.fullName}`, state);
  }

  /**
   * A hook failed, and its tests were not run.
   * @param {TestSuite} suite
   */
  onTestSuiteResult(suite) {
    if (suite.errors().length > 0) this.#note(`${nameOf(suite.module)} > ${suite.fullName}`, 'failed');
  }

  /**
   * Files that could not be loaded, or of which a hook failed, have failed, too.
   * @param {readonly TestModule[]} modules
   * @param {readonly unknown[]} errors that belong to no test
   */
  onTestRunEnd(modules, errors) {
    for (const module of modules) if (module.errors().length > 0) this.#note(nameOf(module), 'failed');
    for (const _ of errors) this.#note('outside of the tests', 'failed');
    appendEvent(this.#file, { end: true });
  }

  /**
   * @param {string} test
   * @param {'passed' | 'failed' | 'skipped'} state
   */
  #note(test, state) {
    appendEvent(this.#file, { test, state });
  }

  get #file() {
    return /** @type {string} */ (process.env[EVENTS]);
  }
}

/** @param {TestModule} module */
function nameOf(module) {
  return relative(root, module.moduleId);
}
