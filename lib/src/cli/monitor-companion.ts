import { createRequire } from 'node:module';
import * as path from 'node:path';
import type { Companion } from './companion';
import { findPackage } from './find-package';
import { warn } from './terminal';
import { UsageError } from './usage-error';

/**
 * What this library asks of the package `stemma-monitor`, which it does not depend on: `npm install stemma-monitor`
 * adds it.
 */
export interface MonitorPackage {
  monitor: { start(options: { port?: number }): Promise<{ readonly link: string; stop(): Promise<void> }> };
}

/** `--monitor`: the run can be watched over HTTP. */
export class MonitorCompanion implements Companion {
  #stop: (() => Promise<void>) | null = null;

  /** `port`: undefined takes a free one. */
  constructor(private readonly port: number | undefined) {}

  async start(): Promise<void> {
    const { monitor } = load();
    try {
      const running = await monitor.start(this.port === undefined ? {} : { port: this.port });
      this.#stop = () => running.stop();
      warn(`watch it at ${running.link}`);
    } catch (error) {
      warn(`the run cannot be watched: ${(error as Error).message}`);
    }
  }

  async stop(): Promise<void> {
    await this.#stop?.();
  }
}

/** The project's own, else one that is installed beside this library. */
function load(): MonitorPackage {
  const file = findPackage('stemma-monitor', path.resolve('package.json'));
  if (file === null)
    throw new UsageError('--monitor needs the package stemma-monitor: run `npm install stemma-monitor`');
  return createRequire(file)(file) as MonitorPackage;
}
