import { type Artifact, type DrawnNode, formatCount, formatLength } from 'stemma-document';
import { combine } from '../elements/combine';
import type { ViewContext } from '../elements/context';
import { anomalyBlock } from './anomaly';
import { detailsTitle } from './details-title';
import { h, type View } from '../elements/dom';
import { FigureGrid } from '../elements/figure-grid';
import { neighbours } from './neighbours';
import { samplesView } from './samples';
import { schemaTree } from './schema-tree';
import { FactList, section } from '../elements/section';

/** The details of a stream or value, or of several that are drawn as one. */
export function artifactDetails(host: HTMLElement, context: ViewContext, node: DrawnNode): View {
  const { store, trans } = context;
  const artifacts = (): Artifact[] => node.members.flatMap((id) => store.artifacts.get(id) ?? []);
  const first = artifacts()[0];
  const title = detailsTitle(host, context, node);
  if (!first) {
    return title;
  }
  const figures = new FigureGrid();
  const samples = h('div');
  const schema = h('div');
  const facts = new FactList();
  host.append(
    figures.element,
    section(first.kind === 'value' ? trans.__('Value') : trans.__('Samples'), samples),
    section(trans.__('Schema'), schema),
    section(trans.__('Location'), facts.element),
  );
  let schemaKey: string | null = null;
  let linksKey = '';
  const body: View = {
    update: () => {
      const all = artifacts();
      const sum = (of: (artifact: Artifact) => number): number => all.reduce((total, a) => total + of(a), 0);
      figures.set(trans.__('length'), all.length === 1 ? formatLength(first0(all).length) : totalLength(all));
      figures.set(trans.__('items'), formatCount(sum((a) => a.execution.currentItems)));
      const { schemaText, schemaItems, schema: tree, fields, anomaly } = first0(all).execution;
      if (`${schemaText}/${schemaItems}` !== schemaKey) {
        schemaKey = `${schemaText}/${schemaItems}`;
        schema.replaceChildren(
          ...(schemaText === null
            ? [h('p', 'stemma-Hint', trans.__('Known after the first item.'))]
            : [
                h('code', 'stemma-SchemaText', schemaText),
                ...(anomaly ? [anomalyBlock(anomaly, context)] : []),
                ...(tree ? [schemaTree(tree, fields ?? [], anomaly?.paths ?? [], trans)] : []),
                h('p', 'stemma-Hint', trans._n('Observed on %1 item.', 'Observed on %1 items.', schemaItems)),
              ]),
        );
      }
      const key = all.flatMap((a) => [a.producer, ...a.consumers]).join();
      if (key !== linksKey) {
        linksKey = key;
        facts.set(
          trans.__('produced by'),
          neighbours(
            all.map((a) => a.producer),
            context,
          ),
        );
        const consumers = all.flatMap((a) => a.consumers);
        facts.set(
          trans.__('consumed by'),
          consumers.length > 0 ? neighbours(consumers, context) : trans.__('no step yet'),
        );
      }
    },
    dispose: () => undefined,
  };
  return combine([title, body, samplesView(samples, context, node.members)]);
}

function first0(artifacts: readonly Artifact[]): Artifact {
  return artifacts[0] as Artifact;
}

function totalLength(artifacts: readonly Artifact[]): string {
  let items = 0;
  for (const { length } of artifacts) {
    if (length.kind !== 'exact') {
      return '?';
    }
    items += length.items;
  }
  return formatCount(items);
}
