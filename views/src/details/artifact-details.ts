import { type Artifact, type DrawnNode, formatCount, formatLength } from 'stemma-document';
import { combine } from '../elements/combine';
import type { ViewContext } from '../elements/context';
import { detailsTitle } from './details-title';
import { h, type View } from '../elements/dom';
import { FigureGrid } from '../elements/figure-grid';
import { neighbours } from './neighbours';
import { samplesView } from './samples';
import { valueView } from './value-view';
import { SchemaSection } from './schema-section';
import { FactList, section } from '../elements/section';
import { whenChanged } from '../elements/when-changed';
import { writtenFiles } from './written-files';

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
  const schemaParts = new SchemaSection(schema, context);
  const facts = new FactList();
  const files = h('div');
  host.append(
    ...(first.kind === 'value' ? [] : [figures.element]),
    section(first.kind === 'value' ? trans.__('Value') : trans.__('Samples'), samples),
    section(trans.__('Schema'), schema),
    files,
    section(trans.__('Location'), facts.element),
  );
  return combine([
    title,
    ...(first.kind === 'value'
      ? []
      : [{ update: () => setFigures(figures, artifacts(), context), dispose: () => undefined }]),
    { update: () => schemaParts.update(artifacts()), dispose: () => undefined },
    writtenFiles(files, context, artifacts),
    whenChanged(
      () =>
        artifacts()
          .flatMap(({ producer, consumers }) => [producer, ...consumers])
          .join(),
      () => setLocation(facts, artifacts(), context),
    ),
    first.kind === 'value' ? valueView(samples, context, node.members) : samplesView(samples, context, node.members),
  ]);
}

function setFigures(figures: FigureGrid, artifacts: readonly Artifact[], { trans }: ViewContext): void {
  const [one, ...others] = artifacts;
  const items = artifacts.reduce((total, { execution }) => total + execution.currentItems, 0);
  figures.set(trans.__('length'), one && others.length === 0 ? formatLength(one.length) : totalLength(artifacts));
  figures.set(trans.__('items'), formatCount(items));
}

function setLocation(facts: FactList, artifacts: readonly Artifact[], context: ViewContext): void {
  const { trans } = context;
  const producers = artifacts.map(({ producer }) => producer);
  const consumers = artifacts.flatMap((artifact) => artifact.consumers);
  facts.set(trans.__('produced by'), neighbours(producers, context));
  facts.set(trans.__('consumed by'), consumers.length > 0 ? neighbours(consumers, context) : trans.__('no step yet'));
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
