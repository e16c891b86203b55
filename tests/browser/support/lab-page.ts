import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { inRoot } from '../../../scripts/support/paths.mjs';

const ARTEFACTS = inRoot('tests', 'artefacts');
const PATIENCE_MS = 180_000;

/** Words of JupyterLab and Chromium themselves that say nothing about us. */
const HARMLESS = [/favicon/, /ResizeObserver loop/, /Could not restore the debugger state: Canceled future/];

/** What a person sees of one node of the graph, read from the tree beside the canvas. */
export interface NodeFace {
  id: string;
  type: string;
  label: string;
  state: string;
  itemsIn: number;
  itemsOut: number;
}

/** One tab with a notebook and the panel. */
export class LabPage {
  /** Errors in the browser's console, and exceptions that nobody caught. */
  readonly errors: string[] = [];

  constructor(
    readonly page: Page,
    private readonly endKernels: () => Promise<void>,
  ) {
    page.setDefaultTimeout(PATIENCE_MS);
    const note = (text: string) => {
      if (!HARMLESS.some((pattern) => pattern.test(text))) this.errors.push(text);
    };
    page.on('console', (message) => {
      if (message.type() === 'error') note(`${message.text()} (${message.location().url})`);
    });
    page.on('pageerror', (error) => note(error.stack ?? error.message));
  }

  get panel(): Locator {
    return this.page.locator('.stemma-PanelWidget .stemma-Panel');
  }

  /** Waits for the notebook and its kernel, and opens the panel. */
  async ready(): Promise<void> {
    await this.page.waitForSelector('.jp-NotebookPanel:visible .jp-Cell');
    await this.kernelIs('idle');
    if (!(await this.panel.isVisible())) await this.execute('jupyterlab-stemma:show-panel');
    await this.panel.waitFor();
  }

  /** Runs one of JupyterLab's commands. It goes on in the page: a command that runs cells ends with them. */
  async execute(id: string, args: Args = {}): Promise<void> {
    await this.page.evaluate(
      ([command, options]) => {
        void (window as unknown as JupyterWindow).jupyterapp.commands.execute(command, options);
      },
      [id, args] as const,
    );
  }

  /** Saves the notebook, with all that belongs to it. */
  async save(): Promise<void> {
    await this.page.evaluate(async () => {
      await (window as unknown as JupyterWindow).jupyterapp.commands.execute('docmanager:save');
    });
  }

  /** Exports the provenance. Returns the path in JupyterLab of the file, which is whole by then: it exists before. */
  async exportDocument(format = 'json'): Promise<string> {
    const path = await this.page.evaluate(
      (args) =>
        (window as unknown as JupyterWindow).jupyterapp.commands.execute('jupyterlab-stemma:export-document', args),
      { format },
    );
    if (typeof path !== 'string') throw new Error('nothing was exported');
    return path;
  }

  async kernelIs(status: 'idle' | 'busy'): Promise<void> {
    await this.page.waitForFunction(
      (wanted) =>
        (window as unknown as JupyterWindow).jupyterapp.shell.currentWidget?.sessionContext?.session?.kernel?.status ===
        wanted,
      status,
    );
  }

  /** Restarts the kernel, as the menu does after its question. */
  async restartKernel(): Promise<void> {
    await this.page.evaluate(async () => {
      await (window as unknown as JupyterWindow).jupyterapp.shell.currentWidget?.sessionContext?.restartKernel();
    });
    await this.kernelIs('idle');
  }

  /** Closes the tab and ends all kernels, so that the next test begins without a record. */
  async close(): Promise<void> {
    await this.page.close();
    await this.endKernels();
  }

  /** Starts all cells and comes back while they run. */
  async runAllCells(): Promise<void> {
    await this.execute('notebook:run-all-cells');
    await this.page.waitForSelector('.jp-NotebookPanel:visible .jp-InputPrompt >> text="[*]:"');
  }

  /** Runs one cell, counted from 0. */
  async runCell(index: number): Promise<void> {
    await this.page.evaluate(async (at) => {
      const { commands, shell } = (window as unknown as JupyterWindow).jupyterapp;
      if (shell.currentWidget?.content) shell.currentWidget.content.activeCellIndex = at;
      await commands.execute('notebook:run-cell');
    }, index);
  }

  /** Gives a cell, counted from 0, another source. */
  async replaceCell(index: number, source: string): Promise<void> {
    await this.page.evaluate(
      ([at, text]) => {
        const content = (window as unknown as JupyterWindow).jupyterapp.shell.currentWidget?.content;
        content?.widgets[at]?.model.sharedModel.setSource(text);
      },
      [index, source] as const,
    );
  }

  /** Whether a cell is running or waiting for its turn. */
  async isRunning(): Promise<boolean> {
    return (await this.page.locator('.jp-NotebookPanel:visible .jp-InputPrompt >> text="[*]:"').count()) > 0;
  }

  async allCellsDone(): Promise<void> {
    await this.page.waitForFunction(() => {
      const prompts = [
        ...document.querySelectorAll('.jp-NotebookPanel:not(.lm-mod-hidden) .jp-CodeCell .jp-InputPrompt'),
      ];
      return prompts.length > 0 && prompts.every((prompt) => /\[\d+\]/.test(prompt.textContent ?? ''));
    });
  }

  /** Text of errors in the notebook's outputs. */
  async cellErrors(): Promise<string[]> {
    return this.page
      .locator('.jp-NotebookPanel:visible [data-mime-type="application/vnd.jupyter.stderr"]')
      .allInnerTexts();
  }

  node(label: string, type = 'process'): Locator {
    return this.panel.locator(`[role="treeitem"][data-type="${type}"][data-label="${label}"]`).first();
  }

  /** Clicks a node: in the tree of text, since a canvas has no elements to click. */
  async select(label: string, type = 'process'): Promise<void> {
    await this.node(label, type).dispatchEvent('click');
  }

  /** Where a node is drawn on the canvas, in pixels of the page. */
  async placeOf(label: string, type = 'process'): Promise<{ x: number; y: number }> {
    await this.node(label, type).waitFor({ state: 'attached' });
    return this.node(label, type).evaluate((item) => {
      const { x, y } = (item as HTMLElement).dataset;
      const canvas = item.closest('.stemma-Stage')?.querySelector<HTMLElement>('.stemma-Graph');
      const [panX = NaN, panY = NaN, zoom = NaN] = (canvas?.dataset['camera'] ?? '').split(' ').map(Number);
      const box = canvas?.getBoundingClientRect();
      return { x: (box?.left ?? NaN) + panX + Number(x) * zoom, y: (box?.top ?? NaN) + panY + Number(y) * zoom };
    });
  }

  /** Where the graph's camera stands: how far it is moved, and its scale. */
  async camera(): Promise<{ x: number; y: number; zoom: number }> {
    const text = await this.panel.locator('.stemma-Graph').getAttribute('data-camera');
    const [x = NaN, y = NaN, zoom = NaN] = (text ?? '').split(' ').map(Number);
    return { x, y, zoom };
  }

  /** Waits until the camera rests. */
  async cameraRests(): Promise<void> {
    let last = '';
    for (let same = 0; same < 3;) {
      await this.page.waitForTimeout(100);
      const now = JSON.stringify(await this.camera());
      same = now === last ? same + 1 : 0;
      last = now;
    }
  }

  /** Labels of the nodes that carry an attribute in the tree. */
  async labelsWith(attribute: string): Promise<string[]> {
    const items = this.panel.locator(`[role="treeitem"][data-type="process"][${attribute}]`);
    return items.evaluateAll((all) => all.map((item) => (item as HTMLElement).dataset['label'] ?? ''));
  }

  /** Items that left a process; 0 where there is none. */
  async itemsOut(label: string): Promise<number> {
    return (await this.nodes()).find((node) => node.label === label && node.type === 'process')?.itemsOut ?? 0;
  }

  async nodes(): Promise<NodeFace[]> {
    return this.panel.locator('[role="treeitem"]').evaluateAll((items) =>
      (items as HTMLElement[]).map(({ dataset }) => ({
        id: dataset['nodeId'] ?? '',
        type: dataset['type'] ?? '',
        label: dataset['label'] ?? '',
        state: dataset['state'] ?? '',
        itemsIn: Number(dataset['itemsIn']),
        itemsOut: Number(dataset['itemsOut']),
      })),
    );
  }

  /** Changes JupyterLab's theme, and waits until nothing of the change is on the screen. */
  async useTheme(theme: 'JupyterLab Dark' | 'JupyterLab Light' | 'JupyterLab Dark High Contrast'): Promise<void> {
    await this.execute('apputils:change-theme', { theme });
    const isLight = theme === 'JupyterLab Light';
    await this.page.locator(`body[data-jp-theme-light="${isLight}"]`).waitFor({ state: 'attached' });
    await this.page.locator('#jupyterlab-splash').waitFor({ state: 'detached' });
  }

  /** Changes a setting of ours, as the settings editor does. */
  async setting(name: string, value: string | number | boolean): Promise<void> {
    await this.page.evaluate(
      async ([key, wanted]) => {
        interface Registry {
          _plugins: Map<string, { service: { set(plugin: string, key: string, value: unknown): Promise<void> } }>;
        }
        const { pluginRegistry } = (window as unknown as { jupyterapp: { pluginRegistry: Registry } }).jupyterapp;
        const settings = pluginRegistry._plugins.get('@jupyterlab/apputils-extension:settings');
        await settings?.service.set('jupyterlab-stemma:plugin', key, wanted);
      },
      [name, value] as const,
    );
  }

  /** JupyterLab's messages leave the screen after a few seconds. */
  async notificationsGone(): Promise<void> {
    await this.page.locator('.Toastify__toast').first().waitFor({ state: 'detached' });
  }

  /** `empty`, `new`, `running`, `complete`, … as the panel shows it. */
  async panelStateIs(state: string): Promise<void> {
    await this.page.locator(`.stemma-PanelWidget .stemma-Panel[data-stemma-state="${state}"]`).waitFor();
  }

  /**
   * A screenshot that the docs show. The committed one changes only when somebody asks for it: no two machines draw the
   * same pixels.
   */
  async picture(name: string): Promise<void> {
    await this.notificationsGone();
    await this.screenshot(name);
    if (process.env['STEMMA_UPDATE_IMAGES']) {
      copyFileSync(join(ARTEFACTS, `${name}.png`), inRoot('docs', 'images', `${name}.png`));
    }
  }

  async screenshot(name: string): Promise<void> {
    mkdirSync(ARTEFACTS, { recursive: true });
    await this.page.screenshot({ path: join(ARTEFACTS, `${name}.png`) });
  }
}

type Args = Record<string, string | boolean | Record<string, string>>;

interface JupyterWindow {
  jupyterapp: {
    commands: { execute(id: string, args?: Args): Promise<unknown> };
    shell: { currentWidget: { sessionContext?: SessionContext; content?: Cells } | null };
  };
}

interface Cells {
  activeCellIndex: number;
  widgets: { model: { sharedModel: { setSource(text: string): void } } }[];
}

interface SessionContext {
  session?: { kernel?: { status: string } };
  restartKernel(): Promise<void>;
}
