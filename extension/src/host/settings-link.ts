import type { ISettingRegistry } from '@jupyterlab/settingregistry';
import { type Choices, DEFAULTS, type Preferences } from 'stemma-views';

/** Keeps the preferences in step with JupyterLab's settings, both ways. */
export class SettingsLink {
  constructor(
    private readonly _preferences: Preferences,
    private readonly _settings: ISettingRegistry.ISettings | null,
  ) {
    _settings?.changed.connect(() => this._read());
    this._read();
  }

  choose(choices: Partial<Choices>): void {
    if (!this._settings) {
      this._preferences.set(choices);
    }
    for (const [name, value] of Object.entries(choices)) {
      void this._settings?.set(name, value);
    }
  }

  private _read(): void {
    if (this._settings) {
      const { composite } = this._settings;
      // The registry has checked them against the schema.
      const names = Object.keys(DEFAULTS) as (keyof Choices)[];
      this._preferences.set(Object.fromEntries(names.map((name) => [name, composite[name] ?? DEFAULTS[name]])));
    }
  }
}
