/** TypeDoc calls a module by its path: calls it by the name of its package instead. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Converter, ReflectionKind } from 'typedoc';

const root = join(import.meta.dirname, '..', '..');

/** @param {import('typedoc').Application} app */
export function load(app) {
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const module of project.getReflectionsByKind(ReflectionKind.Module)) {
      const folder = module.name.split('/')[0];
      module.name = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')).name;
    }
  });
}
