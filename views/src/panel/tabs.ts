import type { ViewContext } from '../elements/context';
import { h, setAttribute, setText, type View } from '../elements/dom';
import type { ProvenanceStore } from '../model/store';
import type { PanelTab } from '../tabs/panel-tab';
import { tabsOf } from '../tabs/registry';

/** The lower half: one part at a time. A part is built when it is first shown, and updated only while it is shown. */
export function tabsView(host: HTMLElement, context: ViewContext): View {
  const { store, trans, ui } = context;
  host.classList.add('stemma-Lower');
  const bar = h('div', 'stemma-Tabs');
  bar.setAttribute('role', 'tablist');
  bar.setAttribute('aria-label', trans.__('Panel tabs'));
  host.append(bar);
  const tabs = tabsOf(context).map((tab) => entryOf(tab, context));
  for (const { button, page } of tabs) {
    bar.append(button);
    host.append(page);
  }
  bar.addEventListener('keydown', (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const at = tabs.findIndex((entry) => entry.tab.id === ui.tab);
    const next = step === undefined ? undefined : tabs[(at + step + tabs.length) % tabs.length];
    if (next) {
      event.preventDefault();
      ui.tab = next.tab.id;
      next.button.focus();
    }
  });
  return {
    update: () => {
      for (const entry of tabs) {
        const isCurrent = entry.tab.id === ui.tab;
        setAttribute(entry.button, 'aria-selected', String(isCurrent));
        entry.button.tabIndex = isCurrent ? 0 : -1;
        entry.page.hidden = !isCurrent;
        if (isCurrent) {
          entry.view ??= entry.tab.view(entry.page, context);
          entry.view.update();
        }
        showBadge(entry, store);
      }
    },
    dispose: () => {
      tabs.forEach((entry) => entry.view?.dispose());
      host.replaceChildren();
    },
  };
}

interface Entry {
  readonly tab: PanelTab;
  readonly button: HTMLButtonElement;
  readonly badge: HTMLElement;
  readonly page: HTMLElement;
  /** Once it has been shown. */
  view: View | null;
}

function entryOf(tab: PanelTab, { trans, ui }: ViewContext): Entry {
  const name = tab.title(trans);
  const button = h('button', 'stemma-Tab', name);
  button.type = 'button';
  button.setAttribute('role', 'tab');
  button.dataset['tab'] = tab.id;
  button.addEventListener('click', () => (ui.tab = tab.id));
  const badge = h('span', 'stemma-Badge');
  badge.hidden = true;
  button.append(badge);
  const page = h('div', 'stemma-Page');
  page.setAttribute('role', 'tabpanel');
  page.setAttribute('aria-label', name);
  page.tabIndex = -1;
  return { tab, button, badge, page, view: null };
}

function showBadge({ tab, badge }: Entry, store: ProvenanceStore): void {
  const count = tab.badge?.(store) ?? 0;
  badge.hidden = count === 0;
  setAttribute(badge, 'data-tone', tab.isSerious?.(store) ? 'error' : null);
  setText(badge, count > 999 ? '999+' : String(count));
}
