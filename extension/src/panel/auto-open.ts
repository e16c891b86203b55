import type { ILabShell, JupyterFrontEnd } from '@jupyterlab/application';
import type { ISettingRegistry } from '@jupyterlab/settingregistry';
import type { IProvenance } from '../host/tokens';
import type { NotebookProvenance } from '../notebook/notebook-provenance';
import { PANEL_ID, type ProvenancePanel } from './panel-widget';

const PLUGIN_ID = 'jupyterlab-stemma:plugin';
/** In the browser's storage: that the panel has been shown once, so that it never again opens unasked. */
const SHOWN_KEY = 'jupyterlab-stemma:shown';

/** What {@link openWhenRecording} needs. */
export interface IAutoOpenOptions {
  app: JupyterFrontEnd;
  labShell: ILabShell;
  panel: ProvenancePanel;
  provenance: IProvenance;
  settings: ISettingRegistry;
}

/**
 * Open the panel with the first notebook whose kernel records, once in the life of a browser profile, unless the
 * setting says no.
 */
export async function openWhenRecording(options: IAutoOpenOptions): Promise<void> {
  const { app, labShell, panel, provenance, settings } = options;
  if (localStorage.getItem(SHOWN_KEY) !== null) {
    return;
  }
  const [setting] = await Promise.all([settings.load(PLUGIN_ID), app.restored]);
  let stop: (() => void) | null = null;
  const follow = (model: NotebookProvenance | null): void => {
    stop?.();
    stop = null;
    if (model) {
      stop = model.connected.on(() => open(model));
      open(model);
    }
  };
  const open = (model: NotebookProvenance): void => {
    if (!model.records) {
      return;
    }
    if (setting.get('openAutomatically').composite !== false) {
      labShell.activateById(PANEL_ID);
      localStorage.setItem(SHOWN_KEY, new Date().toISOString());
    }
    stop?.();
    provenance.currentChanged.disconnect(onCurrent, panel);
  };
  const onCurrent = (): void => follow(provenance.current);
  provenance.currentChanged.connect(onCurrent, panel);
  onCurrent();
}
