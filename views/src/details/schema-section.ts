import type { Artifact } from 'stemma-document';
import { streamsTogether, type StreamFacts } from '../model/streams-together';
import type { ViewContext } from '../elements/context';
import { h } from '../elements/dom';
import { anomalyBlock } from './anomaly';
import { basisText, runsOf } from './basis';
import { schemaTree } from './schema-tree';

/** The schema of a stream with statistics of its fields, and of which items both are. */
export class SchemaSection {
  constructor(
    private readonly _host: HTMLElement,
    private readonly _context: ViewContext,
  ) {}

  update(artifacts: readonly Artifact[]): void {
    if (artifacts.length === this._of.length && artifacts.every((one, i) => one === this._of[i])) {
      return;
    }
    this._of = artifacts;
    const facts = streamsTogether(artifacts);
    const key = [facts.schemaText, facts.schemaItems, facts.fields[0]?.items, facts.items === 1].join('/');
    if (key !== this._key) {
      this._key = key;
      this._host.replaceChildren(...this._parts(facts));
    }
    this._basis.textContent = basisText(facts, runsOf(artifacts, this._context), this._context.trans);
  }

  private _parts({ schema, schemaText, schemaItems, items, fields, anomaly }: StreamFacts): Node[] {
    // Of one item statistics say no more than the item itself.
    const statistics = items === 1 ? [] : fields;
    const { trans } = this._context;
    if (schemaText === null) {
      return [h('p', 'stemma-Hint', trans.__('Known after the first item.'))];
    }
    return [
      h('code', 'stemma-SchemaText', schemaText),
      ...(anomaly ? [anomalyBlock(anomaly, this._context)] : []),
      ...(statistics.length > 0 ? [this._basis] : []),
      ...(schema ? [schemaTree(schema, statistics, anomaly?.paths ?? [], trans)] : []),
      h('p', 'stemma-Hint', trans._n('Types seen in %1 item.', 'Types seen in %1 items.', schemaItems)),
    ];
  }

  private readonly _basis = h('p', 'stemma-Hint stemma-Schema-basis');
  private _key: string | null = null;
  private _of: readonly Artifact[] = [];
}
