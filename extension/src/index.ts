import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { commandsPlugin } from './plugins/commands';
import { comparePlugin } from './plugins/compare';
import { exportPlugin } from './plugins/export';
import { monitorPlugin } from './plugins/monitor';
import { panelPlugin } from './plugins/panel';
import { rendererPlugin } from './plugins/renderer';
import { servicePlugin } from './plugins/service';

export { IProvenance, IProvenancePanels } from './host/tokens';

/** Small plugins, so that each can be disabled for itself. */
const plugins: JupyterFrontEndPlugin<unknown>[] = [
  servicePlugin,
  panelPlugin,
  rendererPlugin,
  commandsPlugin,
  exportPlugin,
  comparePlugin,
  monitorPlugin,
];
export default plugins;
