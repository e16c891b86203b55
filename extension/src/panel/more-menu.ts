import type { TranslationBundle } from '@jupyterlab/translation';
import { MenuSvg } from '@jupyterlab/ui-components';
import type { Menu } from '@lumino/widgets';
import { EXPORTERS } from 'stemma-document';
import { COLORS } from '../commands/colors';
import { CommandIDs } from '../commands/ids';

/** The menu behind the panel's three dots. */
export function moreMenu(commands: Menu.IOptions['commands'], trans: TranslationBundle): MenuSvg {
  const menu = new MenuSvg({ commands });
  const colors = new MenuSvg({ commands });
  colors.title.label = trans.__('Color by');
  for (const { by } of COLORS) {
    colors.addItem({ command: CommandIDs.colorBy, args: { by } });
  }
  const copy = new MenuSvg({ commands });
  copy.title.label = trans.__('Copy Graph As');
  for (const command of [CommandIDs.copySvg, CommandIDs.copyPng, CommandIDs.copyMermaid]) {
    copy.addItem({ command });
  }
  const exports = new MenuSvg({ commands });
  exports.title.label = trans.__('Export');
  for (const { id: format } of EXPORTERS) {
    exports.addItem({ command: CommandIDs.exportDocument, args: { format } });
  }
  const separator = (): void => void menu.addItem({ type: 'separator' });
  menu.addItem({ command: CommandIDs.toggleLive });
  menu.addItem({ command: CommandIDs.toggleHistory });
  separator();
  menu.addItem({ type: 'submenu', submenu: colors });
  menu.addItem({ command: CommandIDs.toggleCells });
  menu.addItem({ command: CommandIDs.toggleOrientation });
  menu.addItem({ type: 'submenu', submenu: copy });
  menu.addItem({ type: 'submenu', submenu: exports });
  separator();
  menu.addItem({ command: CommandIDs.compareWith });
  menu.addItem({ command: CommandIDs.compareRuns });
  separator();
  menu.addItem({ command: CommandIDs.openTab });
  menu.addItem({ command: CommandIDs.startMonitor });
  menu.addItem({ command: CommandIDs.showLegend });
  menu.addItem({ command: 'settingeditor:open', args: { query: 'Provenance' } });
  return menu;
}
