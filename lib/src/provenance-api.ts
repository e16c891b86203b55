import { saveDocument } from './documents/save-document';
import { type ProvenanceDocument, withoutData } from 'stemma-document';
import { checkedSettings } from './recorder/checked-settings';
import { currentSession } from './recorder/session';
import type { RecorderSettings } from './recorder/settings';
import { checkPath, inWords } from './util/check';
import { checkOptions, type OptionTypes } from './util/options';
import { DISPLAY, displayed } from './widget/display';

const DOCUMENT_OPTIONS: OptionTypes<{ samples?: boolean }> = { samples: 'boolean' };

/**
 * The record of this session: one graph over all cells of a notebook, or over a whole script.
 *
 * @example
 * await provenance.save('run.provenance.json');
 */
export const provenance = {
  /**
   * The document as of now. `samples: false` leaves out all values of the data: samples, the items that failed, and what the messages of
   * failures quote. Schemas, counts and the statistics of fields stay.
   *
   * @example
   * await Dataset.range(3, 'Three').count();
   * const { processes } = provenance.document({ samples: false });
   * processes.some(({ label }) => label === 'Three'); // true
   */
  document(options: { samples?: boolean } = {}): ProvenanceDocument {
    checkOptions(options, 'provenance.document', DOCUMENT_OPTIONS);
    const document = currentSession().document(options);
    return options.samples === false ? withoutData(document) : document;
  },

  /**
   * Writes the document as JSON, atomically.
   *
   * @example
   * await provenance.save('run.provenance.json');
   * readDocument('run.provenance.json').format; // 'stemma-provenance'
   */
  async save(path: string, options: { samples?: boolean } = {}): Promise<void> {
    checkPath(path, 'path of provenance.save');
    checkOptions(options, 'provenance.save', DOCUMENT_OPTIONS);
    await saveDocument(this.document(options), path);
  },

  /** @internal How a notebook shows it: the graph of all cells, live. */
  [DISPLAY](): Record<string, unknown> | undefined {
    return displayed({ focus: null, title: 'Provenance', describe: describeSession });
  },

  /**
   * What is kept of the data. They hold for operations declared from then on.
   *
   * @example
   * provenance.settings.redact = (value, label) => (label === 'People' ? { ...(value as object), name: '…' } : value);
   * await Dataset.fromArray([{ name: 'Ada', age: 36 }], 'People').count();
   * provenance.settings.redact = null;
   */
  get settings(): RecorderSettings {
    return checkedSettings(currentSession().settings);
  },

  /**
   * Whether what is declared and run from now on is recorded. On unless switched off.
   *
   * @example
   * provenance.recording = false;
   * await Dataset.range(3, 'Unseen').count();
   * provenance.recording = true;
   * provenance.document().processes.some(({ label }) => label === 'Unseen'); // false
   */
  get recording(): boolean {
    return currentSession().recording;
  },

  set recording(on: boolean) {
    if (typeof on !== 'boolean')
      throw new TypeError(`invalid provenance.recording: expected true or false, got ${inWords(on)}`);
    currentSession().recording = on;
  },
};

function describeSession(): string {
  const { processes, runs } = currentSession();
  const current = [...processes.values()].filter((process) => !process.superseded).length;
  return `Provenance { ${current} operations, ${runs.size} runs }`;
}
