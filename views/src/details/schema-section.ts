import { type Artifact, formatCount, statisticsBasis } from 'stemma-document';
import { streamsTogether, type StreamFacts } from '../model/streams-together';
import type { Translate, ViewContext } from '../elements/context';
import { h } from '../elements/dom';
import { anomalyBlock } from './anomaly';
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
    this._basis.textContent = basisText(facts, this._runsOf(artifacts), this._context.trans);
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

  /** In how many runs the items passed, at most. */
  private _runsOf(artifacts: readonly Artifact[]): number {
    const { processes } = this._context.store.recorded;
    return Math.max(0, ...artifacts.map(({ producer }) => processes.get(producer)?.execution.runs ?? 0));
  }

  private readonly _basis = h('p', 'stemma-Hint stemma-Schema-basis');
  private _key: string | null = null;
  private _of: readonly Artifact[] = [];
}

function basisText(facts: StreamFacts, runs: number, trans: Translate): string {
  const basis = statisticsBasis(facts);
  if (basis === null) {
    return '';
  }
  const all = formatCount(basis.of);
  const text = basis.isAll
    ? trans.__('Statistics of all %1 items', all)
    : trans.__('Statistics of a sample of %1 of %2 items', formatCount(basis.items), all);
  return runs > 1 ? trans.__('%1, over %2 runs', text, runs) : text;
}
