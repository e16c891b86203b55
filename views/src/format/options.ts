import type { JsonValue, Process } from 'stemma-document';

/**
 * A process's options as rows of names and texts. The parameters of its function, which are one option, stand among
 * them by their own names, unless an option has that name.
 */
export function optionRows(options: Process['options']): { [name: string]: string } {
  const { parameters, ...others } = options;
  const rows: { [name: string]: string } = {};
  for (const [name, value] of Object.entries(others)) rows[name] = optionText(value);
  if (parameters === undefined) return rows;
  if (!isObject(parameters)) return { ...rows, parameters: optionText(parameters) };
  for (const [name, value] of Object.entries(parameters))
    rows[Object.hasOwn(others, name) ? `parameters.${name}` : name] = optionText(value);
  return rows;
}

const isObject = (value: JsonValue): value is { [name: string]: JsonValue } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const optionText = (value: JsonValue): string => (typeof value === 'string' ? value : JSON.stringify(value));
