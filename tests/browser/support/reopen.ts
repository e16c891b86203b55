import type { LabPage } from './lab-page';

/** Opens a notebook that was closed, without a kernel. */
export async function reopenWithoutKernel(page: LabPage, path: string): Promise<void> {
  await page.page.evaluate((name) => {
    interface Documents {
      openOrReveal(path: string, factory: string, kernel: undefined, options: undefined, preference: object): void;
    }
    interface Registry {
      _plugins: Map<string, { service: Documents }>;
    }
    const { pluginRegistry } = (window as unknown as { jupyterapp: { pluginRegistry: Registry } }).jupyterapp;
    const documents = pluginRegistry._plugins.get('@jupyterlab/docmanager-extension:manager')?.service;
    const preference = { shouldStart: false, autoStartDefault: false };
    documents?.openOrReveal(name, 'default', undefined, undefined, preference);
  }, path);
}
