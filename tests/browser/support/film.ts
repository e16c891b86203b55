import type { Page } from 'playwright-core';
import sharp from 'sharp';

interface Frame {
  png: Buffer;
  ms: number;
}

/** Screenshots of a page, one after the other, as an animated WebP. */
export class Film {
  readonly #frames: Frame[] = [];

  constructor(private readonly page: Page) {}

  get length(): number {
    return this.#frames.length;
  }

  /** Adds what the page shows now for so long, unless it is what it showed before: waiting is cut out. */
  async take(ms: number): Promise<void> {
    const png = await this.page.screenshot({ caret: 'hide' });
    const last = this.#frames.at(-1);
    if (last?.png.equals(png)) last.ms = Math.max(last.ms, ms);
    else this.#frames.push({ png, ms });
  }

  /** A ring where somebody clicks, which screenshots would not show. */
  async point({ x, y }: { x: number; y: number }): Promise<void> {
    await this.page.evaluate(
      ([left, top]) => {
        const ring = Object.assign(document.createElement('div'), { id: 'film-ring' });
        ring.style.cssText = `position:fixed;z-index:99999;left:${left! - 16}px;top:${top! - 16}px;width:32px;height:32px;
          border-radius:50%;border:4px solid #e5484d;background:#e5484d33;pointer-events:none;box-sizing:border-box`;
        document.body.append(ring);
      },
      [x, y],
    );
    await this.take(700);
    await this.page.evaluate(() => document.querySelector('#film-ring')?.remove());
  }

  async webp(width: number): Promise<Buffer> {
    const frames = await Promise.all(this.#frames.map(({ png }) => sharp(png).resize({ width }).png().toBuffer()));
    return sharp(frames, { join: { animated: true } })
      .webp({ quality: 70, effort: 5, minSize: true, delay: this.#frames.map(({ ms }) => ms), loop: 0 })
      .toBuffer();
  }
}
