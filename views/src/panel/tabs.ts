import { problemCount } from '../model/problems';
import type { Tab } from '../model/ui-state';
import type { ViewContext } from '../elements/context';
import { detailsView } from '../tabs/details';
import { h, setAttribute, setText, type View } from '../elements/dom';
import { problemsView } from '../tabs/problems';
import { sessionView } from '../tabs/session';
import { timingsView } from '../tabs/timings';

/** The lower half: one part at a time. A part is built when it is first shown, and updated only while it is shown. */
export function tabsView(host: HTMLElement, context: ViewContext): View {
  const { store, trans, ui } = context;
  host.classList.add('stemma-Lower');
  const bar = h('div', 'stemma-Tabs');
  bar.setAttribute('role', 'tablist');
  bar.setAttribute('aria-label', trans.__('Panel tabs'));
  host.append(bar);
  const names: readonly (readonly [Tab, string, (host: HTMLElement, context: ViewContext) => View])[] = [
    ['details', trans.__('Details'), detailsView],
    ['timings', trans.__('Timings'), timingsView],
    ['problems', trans.__('Problems'), problemsView],
    ['session', trans.__('Environment'), sessionView],
  ];
  const tabs = names.map(([tab, name, make]) => {
    const button = h('button', 'stemma-Tab', name);
    button.type = 'button';
    button.setAttribute('role', 'tab');
    button.dataset['tab'] = tab;
    button.addEventListener('click', () => (ui.tab = tab));
    const badge = h('span', 'stemma-Badge');
    badge.hidden = true;
    button.append(badge);
    bar.append(button);
    const page = h('div', 'stemma-Page');
    page.setAttribute('role', 'tabpanel');
    page.setAttribute('aria-label', name);
    page.tabIndex = -1;
    host.append(page);
    return { tab, button, badge, page, make, view: null as View | null };
  });
  bar.addEventListener('keydown', (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const at = tabs.findIndex((entry) => entry.tab === ui.tab);
    const next = step === undefined ? undefined : tabs[(at + step + tabs.length) % tabs.length];
    if (next) {
      event.preventDefault();
      ui.tab = next.tab;
      next.button.focus();
    }
  });
  return {
    update: () => {
      for (const entry of tabs) {
        const isCurrent = entry.tab === ui.tab;
        setAttribute(entry.button, 'aria-selected', String(isCurrent));
        entry.button.tabIndex = isCurrent ? 0 : -1;
        entry.page.hidden = !isCurrent;
        if (isCurrent) {
          entry.view ??= entry.make(entry.page, context);
          entry.view.update();
        }
        if (entry.tab === 'problems') {
          const count = problemCount(store);
          entry.badge.hidden = count === 0;
          setText(entry.badge, count > 999 ? '999+' : String(count));
        }
      }
    },
    dispose: () => {
      tabs.forEach((entry) => entry.view?.dispose());
      host.replaceChildren();
    },
  };
}
