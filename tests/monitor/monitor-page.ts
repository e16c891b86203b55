import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import type { RunningMonitor } from 'stemma-monitor';

export interface Node {
  label: string;
  state: string;
  itemsOut: number;
}

/** The monitor's page in a window of its own, opened by the start link. */
export class MonitorPage {
  /** Whatever the browser complains of: exceptions, what the content security policy refused, failed requests. */
  readonly complaints: string[] = [];
  /** What was asked of other servers. */
  readonly foreign: string[] = [];

  private constructor(
    readonly page: Page,
    private readonly context: BrowserContext,
  ) {}

  static async open(
    browser: Browser,
    { url, link }: RunningMonitor,
    { colorScheme = 'light' as 'light' | 'dark', width = 1_100 } = {},
  ): Promise<MonitorPage> {
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, acceptDownloads: true });
    const page = await context.newPage();
    const opened = new MonitorPage(page, context);
    page.on('pageerror', (error) => opened.complaints.push(error.stack ?? error.message));
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) opened.complaints.push(message.text());
    });
    page.on('request', (request) => {
      if (!request.url().startsWith(`${url}/`) && !request.url().startsWith('data:'))
        opened.foreign.push(request.url());
    });
    await page.goto(link);
    return opened;
  }

  get panels(): Locator {
    return this.page.locator('.stemma-Monitor-session:visible');
  }

  /** The processes that a panel shows, as assistive technology reads them. */
  nodes(panel = this.panels.first()): Promise<Node[]> {
    return panel.locator('[data-node-id][data-type="process"]').evaluateAll((nodes) =>
      nodes.map((node) => {
        const { label, state, itemsOut } = (node as HTMLElement).dataset;
        return { label: label!, state: state!, itemsOut: Number(itemsOut) };
      }),
    );
  }

  async select(label: string): Promise<void> {
    const node = this.page.locator(`[data-node-id][data-type="process"][data-label="${label}"]`).first();
    await node.evaluate((element) => (element as HTMLElement).click());
  }

  /** By how many pixels the page is wider than its window, and which parts are wider than their place. */
  widths(): Promise<{ beyond: number; overflow: string[] }> {
    return this.page.evaluate(
      (parts) => ({
        beyond: Math.max(0, document.documentElement.scrollWidth - window.innerWidth),
        overflow: [...document.querySelectorAll(parts)]
          .filter(({ clientWidth }) => clientWidth > 0)
          .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth + 1)
          .map(({ className }) => className),
      }),
      '.stemma-Monitor-sessions, .stemma-Monitor-panel, .stemma-Header, .stemma-Tabs, .stemma-Page',
    );
  }

  close(): Promise<void> {
    return this.context.close();
  }
}
