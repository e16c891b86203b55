import { type Browser, chromium } from 'playwright-core';
import { inject } from 'vitest';
import type { SharedLab } from './shared-labs';

/** The JupyterLab and Chromium of the worker in which this test file runs. */
export function sharedLab(): SharedLab {
  const worker = Number(process.env['VITEST_POOL_ID']);
  const lab = inject('labs')[worker - 1];
  if (!lab) throw new Error(`no JupyterLab for worker ${worker}`);
  return lab;
}

/** A connection to that Chromium; what was opened by it goes when it is closed. */
export function connectBrowser(): Promise<Browser> {
  return chromium.connect(sharedLab().browser);
}
