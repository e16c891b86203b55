import { samplesView } from '../details/samples';
import type { ViewContext } from '../elements/context';
import { h, type View } from '../elements/dom';
import { endStream } from '../model/end-stream';
import type { PanelTab } from './panel-tab';

/** Images are looked at here. */
const IMAGE_SIZE = 64;

/** What a dataset consists of: the samples of the stream at the end of the graph. */
export const samplesTab: PanelTab = {
  id: 'samples',
  title: (trans) => trans.__('Samples'),
  view: samplesOfEnd,
};

function samplesOfEnd(host: HTMLElement, context: ViewContext): View {
  let shown: string | null = null;
  let view: View | null = null;
  const leave = (): void => {
    view?.dispose();
    view = null;
    host.replaceChildren();
  };
  return {
    update: () => {
      const id = endStream(context.store)?.id ?? null;
      if (id !== shown) {
        leave();
        shown = id;
        const body = h('div', 'stemma-Details-body');
        host.append(body);
        view = id === null ? null : samplesView(body, context, [id], { imageSize: IMAGE_SIZE });
      }
      view?.update();
    },
    dispose: leave,
  };
}
