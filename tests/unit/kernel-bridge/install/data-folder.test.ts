import { describe, expect, it } from 'vitest';
import { dataFolder } from '../../../../kernel-bridge/src/install/data-folder';

const user = { kind: 'user' } as const;
const environment = { kind: 'sys-prefix' } as const;

describe("Jupyter's data folder", () => {
  it('of a user is where the platform has it', () => {
    expect(dataFolder(user, { HOME: '/home/ada' }, 'linux')).toBe('/home/ada/.local/share/jupyter');
    expect(dataFolder(user, { HOME: '/home/ada', XDG_DATA_HOME: '/data' }, 'linux')).toBe('/data/jupyter');
    expect(dataFolder(user, { HOME: '/Users/ada' }, 'darwin')).toBe('/Users/ada/Library/Jupyter');
  });

  it('of a user is where Jupyter is configured to look', () => {
    expect(dataFolder(user, { HOME: '/home/ada', JUPYTER_DATA_DIR: '/told' }, 'linux')).toBe('/told');
  });

  it('of an environment is the one that is active, a virtual one before one of conda', () => {
    expect(dataFolder(environment, { VIRTUAL_ENV: '/venv', CONDA_PREFIX: '/conda' })).toBe('/venv/share/jupyter');
    expect(dataFolder(environment, { CONDA_PREFIX: '/conda' })).toBe('/conda/share/jupyter');
  });

  it('of a folder is below it', () => {
    expect(dataFolder({ kind: 'prefix', folder: '/opt' })).toBe('/opt/share/jupyter');
  });
});
