import type { MetricSeries } from 'stemma-document';

/** Points of one series: above that, every second one is dropped, so that they stay evenly apart. */
const MAX_POINTS = 512;
/** Series of one step, those of its earlier runs among them: the oldest are dropped. */
const MAX_SERIES = 64;

type Point = MetricSeries['points'][number];

/** One figure in one run. */
class Series {
  #points: Point[] = [];
  /** One of `n` points is kept. */
  #stride = 1;
  #count = 0;
  #latest: Point | null = null;

  constructor(
    readonly name: string,
    readonly run: string,
  ) {}

  add(value: number, at = this.#count): void {
    this.#latest = [at, Number.isFinite(value) ? value : null];
    if (this.#count++ % this.#stride === 0) this.#points.push(this.#latest);
    if (this.#points.length <= MAX_POINTS - 1) return;
    this.#points = this.#points.filter((_, index) => index % 2 === 0);
    this.#stride *= 2;
  }

  toJson(): MetricSeries {
    const isKept = this.#points.at(-1) === this.#latest;
    const points = isKept || this.#latest === null ? [...this.#points] : [...this.#points, this.#latest];
    return { name: this.name, run: this.run, points };
  }
}

/** Figures over the course of a step, such as its loss: a bounded number of points of each, whatever comes. */
export class Metrics {
  #series: Series[] = [];

  /** `at`: where on the axis; by default the number of points before. */
  add(run: string, name: string, value: number, at?: number): void {
    let series = this.#series.find((one) => one.run === run && one.name === name);
    if (series === undefined) {
      this.#series = [...this.#series.slice(1 - MAX_SERIES), (series = new Series(name, run))];
    }
    series.add(value, at);
  }

  toJson(): MetricSeries[] {
    return this.#series.map((series) => series.toJson());
  }
}
