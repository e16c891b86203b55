/** JupyterLab's layout at the first start of the demo: the provenance panel is open on the right. */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const PANEL_ID = 'jupyterlab-stemma-panel';

/**
 * Written only where there is no layout yet: from then on the layout is the user's.
 * @param {string} stateFolder
 */
export function ensureDemoWorkspace(stateFolder) {
  const folder = join(stateFolder, 'workspaces');
  if (existsSync(folder) && readdirSync(folder).length > 0) return;
  mkdirSync(folder, { recursive: true });
  const layout = {
    main: {},
    down: { size: 0, widgets: [] },
    left: { collapsed: true, visible: true, widgets: ['filebrowser'] },
    right: { collapsed: false, visible: true, current: PANEL_ID, widgets: [PANEL_ID] },
    relativeSizes: [0, 0.58, 0.42],
    top: { simpleVisibility: true },
  };
  const workspace = { data: { 'layout-restorer:data': layout }, metadata: { id: 'default' } };
  // The file's name is JupyterLab's own: the workspace's name and a checksum of it.
  writeFileSync(join(folder, 'default-37a8.jupyterlab-workspace'), JSON.stringify(workspace));
}
