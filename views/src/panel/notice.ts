import type { ViewContext } from '../elements/context';
import { h, setText, type View } from '../elements/dom';

/**
 * One line over the graph, where the drawing may be out of date: the cell holds the kernel's thread, or there is no
 * connection. It overlays the graph, so that nothing moves when it comes and goes.
 */
export function noticeView(host: HTMLElement, context: ViewContext): View {
  host.className = 'stemma-Notice';
  const text = h('span');
  host.append(text);
  return {
    update: () => {
      const message = noticeText(context);
      host.hidden = message === null;
      setText(text, message ?? '');
    },
    dispose: () => host.replaceChildren(),
  };
}

/** What the notice says; null where the picture is true. */
export function noticeText({ durations, preferences, store, trans }: ViewContext): string | null {
  const { blockedSinceMs, cell } = store.kernel;
  switch (store.connection.state) {
    case 'saved':
      return null;
    case 'live':
      if (!preferences.current.live) {
        return trans.__('Paused: the panel does not follow the kernel');
      }
      return blockedSinceMs === null
        ? null
        : trans.__(
            'Kernel busy with cell [%1]: no updates for %2',
            cell?.executionCount ?? '*',
            durations.elapsed(store.nowMs() - blockedSinceMs),
          );
    case 'connecting':
      return store.isStale ? trans.__('Previous session. Connecting to the kernel …') : null;
    case 'restarting':
      return trans.__('Previous session. The kernel is restarting …');
    case 'disconnected':
      return trans.__('No connection to the kernel: JupyterLab is reconnecting');
    case 'dead':
      return trans.__('The kernel has died: showing what it recorded last');
    case 'refused':
      return trans.__('The kernel closed the connection: %1', store.connection.reason);
    case 'no-kernel':
      return trans.__('No kernel: showing what was recorded last');
    case 'unsupported':
      return null;
  }
}
