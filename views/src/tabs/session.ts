import { formatBytes } from '../format/bytes';
import { type Environment, formatCount } from 'stemma-document';
import type { ProvenanceStore } from '../model/store';
import type { ViewContext } from '../elements/context';
import { h, type View } from '../elements/dom';
import { FactList, linkButton, section } from '../elements/section';
import type { PanelTab } from './panel-tab';

export const environmentTab: PanelTab = {
  id: 'session',
  title: (trans) => trans.__('Environment'),
  view: sessionView,
};

/** What a person needs to run it again: environment, packages, seeds. */
function sessionView(host: HTMLElement, context: ViewContext): View {
  const { store, trans } = context;
  const body = h('div', 'stemma-Details-body');
  host.append(body);
  let shown = '';
  return {
    update: () => {
      const key = JSON.stringify([store.environment, store.session, seeds(store), store.runs.size]);
      if (key === shown) {
        return;
      }
      shown = key;
      const environment = store.environment;
      body.replaceChildren(
        ...(environment ? [section(trans.__('Session'), sessionFacts(environment, context))] : []),
        section(trans.__('Seeds'), seedFacts(context)),
        ...(environment ? [section(trans.__('Loaded packages'), packageFacts(environment))] : []),
      );
    },
    dispose: () => host.replaceChildren(),
  };
}

function sessionFacts(environment: Environment, { store, trans }: ViewContext): HTMLElement {
  const facts = new FactList();
  const session = store.session;
  facts.set(trans.__('notebook'), session?.notebook ?? null);
  facts.set(trans.__('started'), session ? new Date(session.startedAt).toLocaleString() : null);
  facts.set(
    trans.__('recorded'),
    `${trans._n('%1 step', '%1 steps', store.processes.size)}, ${trans._n('%1 run', '%1 runs', store.runs.size)}`,
  );
  facts.set('Stemma', environment.stemma);
  facts.set('Node', environment.node);
  facts.set(trans.__('system'), `${environment.platform} ${environment.osRelease}, ${environment.arch}`);
  facts.set(
    trans.__('processor'),
    trans._n('%2, %1 core', '%2, %1 cores', environment.cores, environment.cpu.trim() || trans.__('unknown')),
  );
  facts.set(trans.__('memory'), formatBytes(environment.memoryBytes));
  facts.set(trans.__('folder'), environment.workingDirectory);
  facts.set(
    'Git',
    environment.git
      ? `${environment.git.commit.slice(0, 10)}${environment.git.dirty ? ` (${trans.__('with uncommitted changes')})` : ''}`
      : null,
  );
  return facts.element;
}

interface Seed {
  process: string;
  label: string;
  seed: string;
}

function seeds(store: ProvenanceStore): Seed[] {
  return [...store.processes.values()]
    .filter((process) => !process.superseded && 'seed' in process.options)
    .map((process) => ({ process: process.id, label: process.label, seed: String(process.options['seed']) }));
}

function seedFacts({ graph, store, trans, ui }: ViewContext): HTMLElement {
  const all = seeds(store);
  if (all.length === 0) {
    return h('p', 'stemma-Hint', trans.__('No random operation has been recorded.'));
  }
  const table = h('table', 'stemma-Table');
  const body = table.createTBody();
  for (const { process, label, seed } of all) {
    const row = body.insertRow();
    row.insertCell().append(linkButton(label, () => ui.select(graph.drawnFor(process)?.id ?? null)));
    const value = row.insertCell();
    value.className = 'stemma-mod-number';
    value.textContent = seed;
  }
  return table;
}

function packageFacts(environment: Environment): HTMLElement {
  const table = h('table', 'stemma-Table');
  const body = table.createTBody();
  for (const [name, version] of Object.entries(environment.packages)) {
    const row = body.insertRow();
    row.insertCell().textContent = name;
    const value = row.insertCell();
    value.className = 'stemma-mod-number';
    value.textContent = version;
  }
  table.setAttribute('aria-rowcount', formatCount(body.rows.length));
  return table;
}
