import {
  createRendermimePlugin,
  IMimeDocumentTracker,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin,
} from '@jupyterlab/application';
import { WidgetTracker } from '@jupyterlab/apputils';
import type { MimeDocument } from '@jupyterlab/docregistry';
import { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';
import { ITranslator } from '@jupyterlab/translation';
import { stemmaIcon } from '../lab/icon';
import { MIME_TYPE } from '../lab/names';
import { ProvenanceHost } from '../host/provenance-host';
import { RenderedProvenance } from '../output/rendered-provenance';
import { IProvenance } from '../host/tokens';

/**
 * Shows provenance documents in cells and as files. It is not a MIME extension of JupyterLab, which would be created
 * without the application: two applications on one page would share their host.
 */
export const rendererPlugin: JupyterFrontEndPlugin<void> = {
  id: 'jupyterlab-stemma:mime',
  description: 'Shows provenance documents in cells and as files.',
  autoStart: true,
  requires: [IRenderMimeRegistry, ITranslator],
  // A page without notebooks shows files, too.
  optional: [IProvenance, IMimeDocumentTracker],
  activate: (
    app: JupyterFrontEnd,
    rendermime: IRenderMimeRegistry,
    translator: ITranslator,
    provenance: IProvenance | null,
    tracker: IMimeDocumentTracker | null,
  ) => {
    const documents =
      tracker instanceof WidgetTracker ? tracker : new WidgetTracker<MimeDocument>({ namespace: 'stemma' });
    const plugin = createRendermimePlugin(documents, renderingWith(provenance?.host ?? new ProvenanceHost()));
    return plugin.activate(app, rendermime, translator);
  },
};

const renderingWith = (host: ProvenanceHost): IRenderMime.IExtension => ({
  id: 'jupyterlab-stemma:mime',
  description: 'Shows provenance documents in cells and as files.',
  rendererFactory: {
    // Nothing of the data is ever markup or code, so untrusted notebooks may be shown too.
    safe: true,
    mimeTypes: [MIME_TYPE],
    createRenderer: (options) => new RenderedProvenance(options, host),
  },
  rank: 0,
  dataType: 'json',
  fileTypes: [
    {
      name: 'stemma-provenance',
      displayName: 'Provenance',
      extensions: ['.provenance.json', '.stemma.json'],
      mimeTypes: [MIME_TYPE],
      // JupyterLab serialises file types, which a LabIcon itself does not survive.
      icon: { name: stemmaIcon.name, svgstr: stemmaIcon.svgstr },
    },
  ],
  documentWidgetFactoryOptions: {
    name: 'Provenance',
    primaryFileType: 'stemma-provenance',
    fileTypes: ['stemma-provenance', 'json'],
    defaultFor: ['stemma-provenance'],
  },
});
