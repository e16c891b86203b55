/** The views of a provenance document, for any page: plain DOM, without JupyterLab or Node. */
export { type Channel, type ChannelEvents, ProvenanceClient } from './client/client';
export { type Actions, english, type Translate } from './elements/context';
export { h, setText } from './elements/dom';
export { BUTTON_PATHS } from './elements/icons';
export { toPng } from './elements/png';
export type { DrawnNode } from './graph/fold';
export { GraphModel } from './graph/graph-model';
export type { Picture } from './graph/svg';
export { Emitter } from './model/emitter';
export { isDocument } from './model/is-document';
export { mirror } from './model/mirror';
export { type Choices, type ColorBy, DEFAULTS, Preferences } from './model/preferences';
export { type Connection, ProvenanceStore } from './model/store';
export { toDocument } from './model/to-document';
export type { CellRef, ProvenanceDocument } from './model/types';
export { type Tab, UiState } from './model/ui-state';
export { PanelView } from './panel/panel';
