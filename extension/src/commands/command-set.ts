import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { ICommandPalette } from '@jupyterlab/apputils';
import { type ITranslator, nullTranslator, type TranslationBundle } from '@jupyterlab/translation';
import type { ReadonlyJSONObject } from '@lumino/coreutils';
import { PACKAGE } from '../lab/names';

type CommandOptions = Parameters<JupyterFrontEnd['commands']['addCommand']>[1];

/** How a command is registered. */
export interface ICommandEntry extends Omit<CommandOptions, 'describedBy'> {
  /** The values that each argument may have; a command without them takes no arguments. */
  arguments?: { readonly [name: string]: readonly string[] };
  /** The arguments of each entry in the palette: one without arguments by default, none where the list is empty. */
  palette?: readonly ReadonlyJSONObject[];
}

/** Registers our commands with the application, and lists them in the palette where there is one. */
export class CommandSet {
  constructor(
    private readonly _app: JupyterFrontEnd,
    private readonly _palette: ICommandPalette | null,
    translator: ITranslator | null,
  ) {
    this.trans = (translator ?? nullTranslator).load(PACKAGE);
  }

  readonly trans: TranslationBundle;

  add(id: string, { arguments: values = {}, palette = [{}], ...options }: ICommandEntry): void {
    const properties = Object.entries(values).map(([name, all]) => [name, { type: 'string', enum: [...all] }]);
    this._app.commands.addCommand(id, {
      ...options,
      describedBy: { args: { type: 'object', properties: Object.fromEntries(properties) } },
    });
    for (const args of palette) {
      this._palette?.addItem({ command: id, category: this.trans.__('Provenance'), args });
    }
  }

  /** Whether a command is enabled, or how it looks, may have changed. */
  notifyChanged(id: string): void {
    this._app.commands.notifyCommandChanged(id);
  }
}
