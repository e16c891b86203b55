import { FactList, section } from '../elements/section';
import { optionRows } from '../format/options';
import type { DetailsPart } from './process-subject';

/** The options of a process; of a group, those in which its processes differ are counted. */
export const processOptions: DetailsPart = (host, { trans }, { first, processes }) => {
  const names = Object.keys(optionRows(first.options));
  if (names.length === 0) {
    return null;
  }
  const rows = processes().map(({ options }) => optionRows(options));
  const facts = new FactList();
  for (const name of names) {
    const values = new Set(rows.map((row) => row[name] ?? '–'));
    facts.set(name, values.size === 1 ? ([...values][0] as string) : trans.__('%1 different values', values.size));
  }
  facts.element.classList.add('stemma-mod-code');
  host.append(section(trans.__('Options'), facts.element));
  return null;
};
