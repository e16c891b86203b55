import { formatBytes } from '../format/bytes';
import { type Environment, formatCount, type SessionEnd, type SourceFile } from 'stemma-document';
import type { ProvenanceStore } from '../model/store';
import type { Translate, ViewContext } from '../elements/context';
import { h, type View } from '../elements/dom';
import { FactList, linkButton, section } from '../elements/section';
import { hashesView } from '../details/hashes';
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
      const files = store.session?.files ?? [];
      body.replaceChildren(
        ...(environment ? [section(trans.__('Session'), sessionFacts(environment, context))] : []),
        section(trans.__('Hashes'), hashesView(context)),
        section(trans.__('Seeds'), seedFacts(context)),
        ...(files.length > 0 ? [section(trans.__('Own files (SHA-256)'), fileFacts(files, trans))] : []),
        ...(environment ? [section(trans.__('Loaded packages'), packageFacts(environment))] : []),
      );
    },
    dispose: () => host.replaceChildren(),
  };
}

function sessionFacts(environment: Environment, { store, trans }: ViewContext): HTMLElement {
  const facts = new FactList();
  const session = store.session;
  facts.set(session?.command ? trans.__('program') : trans.__('notebook'), session?.notebook ?? null);
  facts.set(trans.__('command'), session?.command ? h('code', '', session.command.join(' ')) : null);
  facts.set(trans.__('started'), session ? new Date(session.startedAt).toLocaleString() : null);
  facts.set(trans.__('ended'), session?.end ? endText(session.end, trans) : null);
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
  facts.set(trans.__('Git remote'), environment.git?.remote ?? null);
  facts.set(trans.__('in the repository'), environment.git?.path ?? null);
  return facts.element;
}

function endText({ endedAt, how, signal, exitCode }: SessionEnd, trans: Translate): string {
  const names: { [how: string]: string } = {
    completed: trans.__('completed'),
    failed: trans.__('failed'),
    interrupted: trans.__('interrupted'),
    signal: trans.__('ended by a signal'),
    exited: trans.__('left before its runs ended'),
  };
  const more = [
    ...(signal === undefined ? [] : [signal]),
    ...(exitCode === undefined ? [] : [trans.__('exit code %1', exitCode)]),
  ];
  const rest = more.length === 0 ? '' : ` (${more.join(', ')})`;
  return `${new Date(endedAt).toLocaleString()}: ${names[how] ?? how}${rest}`;
}

/** The user's own code that was loaded, so that a person can tell whether it is what they have. */
function fileFacts(files: readonly SourceFile[], trans: Translate): HTMLElement {
  const table = h('table', 'stemma-Table');
  const body = table.createTBody();
  for (const { path, sha256, changed } of files) {
    const row = body.insertRow();
    row.insertCell().textContent = changed ? `${path} (${trans.__('changed during the session')})` : path;
    const value = row.insertCell();
    value.className = 'stemma-mod-number';
    value.textContent = sha256.slice(0, 12);
    value.title = `SHA-256 ${sha256}`;
  }
  return table;
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
