import type { ProvenanceStore } from '../model/store';
import { codeBlock } from '../details/code';
import type { Translate, ViewContext } from '../elements/context';
import { copyButton } from '../elements/copy-button';
import { h, type View } from '../elements/dom';

const EXAMPLE = `import { Dataset } from 'stemma';
const squares = Dataset.range(4)
  .map((n) => n * n);
await squares.toArray();`;

/** What stands in the panel's place when there is nothing to draw: what is the case, and what to do. */
export function emptyView(host: HTMLElement, context: ViewContext): View {
  host.classList.add('stemma-Empty');
  let shown = '';
  return {
    update: () => {
      const key = emptyKind(context.store);
      host.hidden = key === null;
      if (key !== shown) {
        shown = key ?? '';
        host.replaceChildren(...(key === null ? [] : message(key, context)));
      }
    },
    dispose: () => host.replaceChildren(),
  };
}

/** Why there is nothing to draw; null when there is something. */
export type EmptyKind =
  'no-kernel' | 'unsupported' | 'connecting' | 'restarting' | 'disconnected' | 'dead' | 'refused' | 'nothing-recorded';

/** Decide what the empty panel says. A picture of a previous run is shown rather than a message. */
export function emptyKind(store: ProvenanceStore): EmptyKind | null {
  if (!store.isEmpty) {
    return null;
  }
  const { state } = store.connection;
  return state === 'live' || state === 'saved' ? 'nothing-recorded' : state;
}

function message(kind: EmptyKind, { store, trans }: ViewContext): HTMLElement[] {
  const connection = store.connection;
  switch (kind) {
    case 'no-kernel':
      return text(
        trans.__('This notebook has no kernel'),
        trans.__(
          'Choose “TypeScript (Stemma)” at the top right of the notebook. The panel then shows where your data came from.',
        ),
      );
    case 'unsupported':
      return text(
        trans.__('This kernel does not record provenance'),
        trans.__(
          'The notebook runs on “%1”. Click the kernel’s name at the top right of the notebook and choose “TypeScript (Stemma)”.',
          connection.state === 'unsupported' ? connection.kernel : '',
        ),
      );
    case 'connecting':
      return text(trans.__('Connecting'), trans.__('Waiting for the kernel’s first reply.'));
    case 'restarting':
      return text(trans.__('The kernel is restarting'), trans.__('The panel continues when it is back.'));
    case 'disconnected':
      return text(
        trans.__('No connection to the kernel'),
        trans.__('JupyterLab is reconnecting. What the kernel records in the meantime is not lost.'),
      );
    case 'dead':
      return text(
        trans.__('The kernel has died'),
        trans.__('Restart it with Kernel → Restart Kernel. Nothing had been recorded yet.'),
      );
    case 'refused':
      return text(
        trans.__('The kernel refused the connection'),
        connection.state === 'refused' ? connection.reason : '',
        trans.__('The kernel and the panel may be different versions: update both.'),
      );
    case 'nothing-recorded':
      return [
        ...text(
          trans.__('Nothing recorded yet'),
          trans.__('Run a cell with a pipeline, and each step appears here while it runs. For example:'),
        ),
        ...example(trans),
      ];
  }
}

function text(headline: string, ...paragraphs: string[]): HTMLElement[] {
  return [h('h2', 'stemma-Empty-title', headline), ...paragraphs.filter((p) => p !== '').map((p) => h('p', '', p))];
}

function example(trans: Translate): HTMLElement[] {
  const copy = h('p');
  copy.append(copyButton(trans.__('Copy the example'), () => EXAMPLE, trans));
  return [codeBlock(EXAMPLE), copy];
}
