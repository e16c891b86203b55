import type { Page } from 'playwright-core';

/** One message of the kernel on the comm, as it arrived in the page. */
export interface Arrival {
  type: string;
  seq: number;
  createdMs: number;
  arrivedMs: number;
}

/**
 * From now on the page notes when messages of the live protocol reach it: at its WebSocket, before any code of
 * JupyterLab.
 */
export async function recordArrivals(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const arrivals: Arrival[] = [];
    (window as unknown as { arrivals: Arrival[] }).arrivals = arrivals;
    const text = new TextDecoder();

    /** `data` of a comm message in Jupyter's binary framing (v1.kernel.websocket.jupyter.org), else undefined. */
    function commData(frame: ArrayBuffer): Partial<Arrival> | undefined {
      const view = new DataView(frame);
      const offset = (index: number) => Number(view.getBigUint64(8 * (index + 1), true));
      const part = (index: number) => text.decode(frame.slice(offset(index), offset(index + 1)));
      if (!part(1).includes('"comm_msg"')) return undefined;
      return JSON.parse(part(4)).data;
    }

    const Native = window.WebSocket;
    window.WebSocket = class extends Native {
      constructor(url: string | URL, protocols?: string | string[]) {
        super(url, protocols);
        this.addEventListener('message', ({ data }) => {
          if (!(data instanceof ArrayBuffer)) return;
          const arrivedMs = performance.timeOrigin + performance.now();
          const message = commData(data);
          if (message?.createdMs === undefined) return;
          const { type = '', seq = 0, createdMs } = message;
          arrivals.push({ type, seq, createdMs, arrivedMs });
        });
      }
    };
  });
}

export async function arrivalsOf(page: Page): Promise<Arrival[]> {
  return page.evaluate(() => (window as unknown as { arrivals: Arrival[] }).arrivals);
}
