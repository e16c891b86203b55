import { currentProcesses } from 'stemma-document';
import type { ViewContext } from '../elements/context';
import { h, setHidden, setText, type View } from '../elements/dom';

/** One line for a pipeline that has not run: its steps, and what will make samples appear. */
export function declaredView(host: HTMLElement, { store, trans }: ViewContext): View {
  host.className = 'stemma-Declared';
  const steps = h('p', 'stemma-Declared-steps');
  host.append(steps, h('p', 'stemma-Hint', trans.__('Samples appear here once a cell takes items from it.')));
  return {
    update: () => {
      const isNew = store.run === null && !store.isEmpty;
      setHidden(host, !isNew);
      if (isNew) {
        const labels = [...new Set(currentProcesses([...store.processes.values()]).map(({ label }) => label))];
        const text = labels.join(' → ');
        setText(steps, text);
        steps.title = text;
      }
    },
    dispose: () => host.replaceChildren(),
  };
}
