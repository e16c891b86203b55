import { resolve } from 'node:path';
import { saveDocument } from './documents/save-document';
import type { Options } from './graph/operation-options';
import { nameOutput, type OutputOptions } from './sinks/files/name-output';
import { type ProvenanceDocument, withoutData, type WrittenFile } from 'stemma-document';
import { checkedSettings } from './recorder/settings/checked-settings';
import { declareIn } from './recorder/declaring';
import { currentSession } from './recorder/current-session';
import type { Session } from './recorder/session';
import type { RecorderSettings } from './recorder/settings/settings';
import { checkFunction, checkPath, inWords } from './util/check';
import { checkOptions, type OptionTypes } from './util/options';
import { DISPLAY, displayed } from './widget/display';
import { nameValue, type ValueOptions } from './steps/named-value';
import { runStep, type StepOptions } from './steps/step';
import type { Step } from './steps/step-work';
import { plural } from './util/plural';

/** The initial settings of a recorder. */
export interface RecorderOptions extends Partial<
  Pick<RecorderSettings, 'samples' | 'redact' | 'timing' | 'digests' | 'captures' | 'inputs'>
> {
  /** Whether anything is recorded. Default true. */
  recording?: boolean;
}

const RECORDER_OPTIONS: OptionTypes<RecorderOptions> = {
  samples: 'boolean',
  redact: 'any',
  timing: 'any',
  digests: 'any',
  captures: 'boolean',
  inputs: 'boolean',
  recording: 'boolean',
};

const DOCUMENT_OPTIONS: OptionTypes<{ samples?: boolean }> = { samples: 'boolean' };

/**
 * A separate record: the graph of the sources declared in its `run` and of everything derived from them. Operations and
 * runs are recorded where their sources are, wherever they are declared. Datasets of two recorders cannot be combined.
 * The panel shows `provenance`, the recorder of the whole process.
 *
 * @example
 * const recorder = new Recorder({ samples: false });
 * const numbers = recorder.run(() => Dataset.range(3, 'Three'));
 * await numbers.map((n) => n * n, 'Square').toArray(); // [0, 1, 4]
 * recorder.document().processes.map(({ label }) => label); // ['Three', 'Square', 'toArray']
 */
export class Recorder {
  readonly #session: () => Session;
  readonly #name: string;

  /**
   * @throws TypeError if an option does not exist or has the wrong type.
   * @example
   * const recorder = new Recorder({ timing: 'everything' });
   * recorder.settings.timing; // 'everything'
   */
  constructor(
    options: RecorderOptions = {},
    /** @internal The session that it records into; a new one by default. */
    session?: () => Session,
  ) {
    checkOptions(options, 'Recorder', RECORDER_OPTIONS);
    this.#name = session === undefined ? 'recorder' : 'provenance';
    this.#session = session ?? sessionOfItsOwn();
    const { recording = true, ...settings } = options;
    for (const [name, value] of Object.entries(settings))
      if (value !== undefined) Object.assign(this.settings, { [name]: value });
    if (!recording) this.recording = false;
  }

  /**
   * Calls `work` and returns its result. Sources that it declares, also after an `await`, are recorded here, and so is
   * everything derived from them. From the first call on, promises of the whole process are slightly slower.
   *
   * @example
   * const recorder = new Recorder();
   * const total = await recorder.run(async () => Dataset.range(4).reduce((sum, n) => sum + n, 0));
   * [total, recorder.document().runs.length]; // [6, 1]
   */
  run<T>(work: () => T): T {
    checkFunction(work, `work of ${this.#name}.run`);
    return declareIn(this.#session(), work);
  }

  /**
   * Returns the current document. `samples: false` leaves out all values of the data: samples, failed items, and what
   * error messages quote. Schemas, counts and statistics of fields stay.
   *
   * @example
   * await Dataset.range(3, 'Three').count();
   * const { processes } = provenance.document({ samples: false });
   * processes.some(({ label }) => label === 'Three'); // true
   */
  document(options: { samples?: boolean } = {}): ProvenanceDocument {
    checkOptions(options, `${this.#name}.document`, DOCUMENT_OPTIONS);
    const document = this.#session().document(options);
    return options.samples === false ? withoutData(document) : document;
  }

  /**
   * Writes the document as JSON, atomically. Files of sources that are being hashed are waited for, up to five seconds.
   *
   * @example
   * await provenance.save('run.provenance.json');
   * readDocument('run.provenance.json').format; // 'stemma-provenance'
   */
  async save(path: string, options: { samples?: boolean } = {}): Promise<void> {
    checkPath(path, `path of ${this.#name}.save`);
    checkOptions(options, `${this.#name}.save`, DOCUMENT_OPTIONS);
    this.#session().ownFiles.add(resolve(path));
    await this.#session().contentsKnown();
    await saveDocument(this.document(options), path);
  }

  /**
   * Names a file, or a folder of files, that other code wrote: it becomes an artifact with its hashes. `uses` says of
   * which results it was made.
   *
   * @throws if there is no such file, or it cannot be read.
   * @example
   * // model.txt: 0.5,1.5
   * const count = Dataset.range(2).count();
   * (await provenance.output('model.txt', { uses: [count] })).bytes; // 7
   */
  output(path: string, options?: Options<OutputOptions>): Promise<WrittenFile> {
    return nameOutput(this.#session(), path, options);
  }

  /**
   * Calls `work` and records it: a step for what is no operation on a dataset, such as a fit, a search, a plot or a
   * program. Datasets that it loops over become its inputs, results of runs within it are used by it, and what it
   * returns is a value that `uses` takes anywhere. An error passes through unchanged, and is the reason in the record.
   *
   * @example
   * const rows = Dataset.fromArray([{ x: 1, y: 2 }, { x: 2, y: 4 }], 'Rows');
   * const model = await provenance.step('Fit', { parameters: { epochs: 3, rate: 0.1 } }, async (step) => {
   *   const model = { slope: 0 };
   *   for (let epoch = 0; epoch < 3; epoch++) {
   *     let loss = 0;
   *     for await (const { x, y } of rows) {
   *       loss += (model.slope * x - y) ** 2;
   *       model.slope -= 0.1 * (model.slope * x - y) * x;
   *     }
   *     step.metrics({ loss }, epoch);
   *   }
   *   return model;
   * });
   * await rows.map(({ x }) => model.slope * x, { identifier: 'Predict', uses: [model] }).count(); // 2
   */
  step<T>(label: string, work: (step: Step) => T | Promise<T>): Promise<T>;
  step<T>(label: string, options: StepOptions, work: (step: Step) => T | Promise<T>): Promise<T>;
  step<T>(
    label: string,
    ...rest: [work: (step: Step) => T | Promise<T>] | [options: StepOptions, work: (step: Step) => T | Promise<T>]
  ): Promise<T> {
    const [options, work] = rest.length === 1 ? [{}, rest[0]] : rest;
    return runStep(this.#session(), label, options, work);
  }

  /**
   * Names a value, so that the `uses` of operations and steps can refer to it, and returns it. `uses` says of which
   * results it was made; without any, a number or a text is part of the definition.
   *
   * @example
   * const mean = Dataset.range(5).reduce((sum, n) => sum + n / 5, 0);
   * const threshold = provenance.value('Threshold', { limit: (await mean) * 1.5 }, { uses: [mean] });
   * const high = Dataset.range(5).filter((n) => n > threshold.limit, { identifier: 'High', uses: [threshold] });
   * await high.toArray(); // [4]
   */
  value<T>(label: string, value: T, options?: ValueOptions): T {
    return nameValue(this.#session(), label, value, options);
  }

  /** @internal How a notebook shows it: the graph of all cells, live. */
  [DISPLAY](): Record<string, unknown> | undefined {
    const session = this.#session();
    return displayed({ session, focus: null, title: 'Provenance', describe: () => describeSession(session) });
  }

  /**
   * What is kept of the data. A change applies to operations declared after it.
   *
   * @example
   * provenance.settings.redact = (value, label) => (label === 'People' ? { ...(value as object), name: '…' } : value);
   * await Dataset.fromArray([{ name: 'Ada', age: 36 }], 'People').count();
   * provenance.settings.redact = null;
   */
  get settings(): RecorderSettings {
    return checkedSettings(this.#session().settings, `${this.#name}.settings`);
  }

  /**
   * Whether declarations and runs are recorded, from now on. Default true.
   *
   * @example
   * provenance.recording = false;
   * await Dataset.range(3, 'Unseen').count();
   * provenance.recording = true;
   * provenance.document().processes.some(({ label }) => label === 'Unseen'); // false
   */
  get recording(): boolean {
    return this.#session().recording;
  }

  set recording(on: boolean) {
    if (typeof on !== 'boolean')
      throw new TypeError(`invalid ${this.#name}.recording: expected true or false, got ${inWords(on)}`);
    this.#session().recording = on;
  }
}

function sessionOfItsOwn(): () => Session {
  const session = currentSession().beside();
  return () => session;
}

/**
 * The recorder of this process: one graph over all cells of a notebook, or over a whole script. It records everything
 * that is declared outside another recorder's `run`.
 *
 * @example
 * await provenance.save('run.provenance.json');
 */
export const provenance: Recorder = new Recorder({}, currentSession);

function describeSession({ processes, runs }: Session): string {
  const current = [...processes.values()].filter((process) => !process.superseded).length;
  return `Provenance { ${plural(current, 'operation')}, ${plural(runs.size, 'run')} }`;
}
