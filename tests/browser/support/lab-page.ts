import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { inRoot } from '../../../scripts/support/paths.mjs';

const ARTEFACTS = inRoot('tests', 'artefacts');
const PATIENCE_MS = 60_000;

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
    readonly notebook: string,
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

  /** Ends the kernel and closes the tab. */
  async close(): Promise<void> {
    await this.page.evaluate(async () => {
      await (window as unknown as JupyterWindow).jupyterapp.shell.currentWidget?.sessionContext?.shutdown();
    });
    await this.page.close();
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

  /** Whether a cell is running or waiting for its turn. */
  async isRunning(): Promise<boolean> {
    return (await this.page.locator('.jp-NotebookPanel:visible .jp-InputPrompt >> text="[*]:"').count()) > 0;
  }

  async allCellsDone(): Promise<void> {
    await this.page.waitForFunction(
      () => {
        const prompts = [
          ...document.querySelectorAll('.jp-NotebookPanel:not(.lm-mod-hidden) .jp-CodeCell .jp-InputPrompt'),
        ];
        return prompts.length > 0 && prompts.every((prompt) => /\[\d+\]/.test(prompt.textContent ?? ''));
      },
      undefined,
      { timeout: 180_000 },
    );
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

  /** JupyterLab's messages leave the screen after a few seconds. */
  async notificationsGone(): Promise<void> {
    await this.page.locator('.Toastify__toast').first().waitFor({ state: 'detached' });
  }

  /** `empty`, `new`, `running`, `complete`, … as the panel shows it. */
  async panelStateIs(state: string): Promise<void> {
    await this.page.locator(`.stemma-PanelWidget .stemma-Panel[data-stemma-state="${state}"]`).waitFor();
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
    shell: { currentWidget: { sessionContext?: SessionContext; content?: { activeCellIndex: number } } | null };
  };
}

interface SessionContext {
  session?: { kernel?: { status: string } };
  restartKernel(): Promise<void>;
  shutdown(): Promise<void>;
}
