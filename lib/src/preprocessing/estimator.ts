import type { JsonValue } from 'stemma-document';
import { isDataset } from '../dataset/is-dataset';
import type { Node } from '../graph/node';
import { optionsOf, type Options } from '../graph/operation-options';
import { consume } from '../sinks/consume';
import { SINK_OPTIONS, type SinkOptions } from '../sinks/run-sink';
import { inWords } from '../util/check';
import { codeOf, described } from '../util/described';
import { type Row, rowOf } from './cells';
import type { Estimator, FittedTransform, ColumnResult, SavedTransform } from './fitted-transform';

/** What is learned of a column: JSON. */
type State = JsonValue;

/** Learns from the values of one column, one by one. */
export interface ColumnFit<S extends State, V = unknown> {
  add: (value: V) => void;
  /** @throws RangeError if the values are not enough to learn from. */
  state: () => S;
}

/** What an estimator defines. Each column is fitted and transformed by itself. */
export interface EstimatorDefinition<S extends State> {
  name: string;
  columns: readonly string[];
  /** Its options with defaults, for the record and the saved JSON. */
  parameters: { [option: string]: JsonValue };
  fit: (column: string) => ColumnFit<S>;
  /** Whether a saved state is one of this estimator. */
  isState: (state: JsonValue) => boolean;
  transform: (state: S, column: string) => (value: unknown) => unknown;
  /** The inverse, if there is one. */
  invert?: (state: S, column: string) => (value: unknown) => unknown;
  /**
   * The part of a state that `parameters` shows: states may be large, or hold texts of the data, which count as
   * samples. Default: all of it.
   */
  summary?: (state: S) => JsonValue;
}

/** @internal */
export function estimator<K extends string, R extends ColumnResult, S extends State>(
  definition: EstimatorDefinition<S>,
): Estimator<K, R, S> {
  const { name, columns } = definition;
  const parameters = { columns: [...columns], ...definition.parameters };
  const self = {
    parameters,
    fit: async (dataset: unknown, options?: Options<SinkOptions>) => {
      const given = optionsOf(options, `fit of ${name}`, SINK_OPTIONS);
      const fits = new Map(columns.map((column) => [column, definition.fit(column)]));
      let items = 0;
      const states = await consume(
        nodeOf(dataset, name),
        {
          kind: 'fit',
          options: { identifier: `Fit ${name}`, ...given },
          parameters: { estimator: name, ...parameters },
        },
        (item) => {
          items++;
          const row = rowOf(item, columns, name);
          for (const [column, fit] of fits) fit.add(row[column]);
        },
        () => {
          if (items === 0) throw new RangeError(`${name} has nothing to fit: expected at least one item, got none`);
          return Object.fromEntries([...fits].map(([column, fit]) => [column, fit.state()]));
        },
      );
      return fitted(definition, states, [states]);
    },
    load: (saved: unknown) => fitted(definition, statesOf(saved, definition), []),
  };
  return self as unknown as Estimator<K, R, S>;
}

function nodeOf(dataset: unknown, name: string): Node {
  if (isDataset(dataset)) return dataset.node;
  throw new TypeError(`invalid dataset to fit ${name}: expected a Dataset, got ${inWords(dataset)}`);
}

function fitted<S extends State>(
  definition: EstimatorDefinition<S>,
  states: { [column: string]: S },
  uses: readonly unknown[],
): FittedTransform<string, ColumnResult, S> {
  const { name, columns, parameters, transform, invert, summary = (state) => state } = definition;
  const all = Object.entries(states);
  const facts = {
    parameters: { ...parameters, columns: Object.fromEntries(all.map(([column, state]) => [column, summary(state)])) },
    uses,
  };
  const code = `${name}(${[[...columns], definition.parameters].map(codeOf).filter(Boolean).join(', ')})`;
  const applying = (label: string, text: string, make: (state: S, column: string) => (value: unknown) => unknown) => {
    const changes = all.map(([column, state]) => [column, make(state, column)] as const);
    const call = (item: unknown): Row => {
      const result = { ...rowOf(item, columns, name) } as { [column: string]: unknown };
      for (const [column, change] of changes) result[column] = change(result[column]);
      return result;
    };
    return described(call, label, text, facts);
  };
  const saved: SavedTransform = { transform: name, options: parameters, columns: states };
  return Object.assign(applying(name, code, transform), {
    inverse: invert && applying(`${name}.inverse`, `${code}.inverse`, invert),
    learned: states,
    toJSON: () => saved,
  }) as unknown as FittedTransform<string, ColumnResult, S>;
}

/** @throws TypeError unless it was saved from an estimator like this one. */
function statesOf<S extends State>(saved: unknown, definition: EstimatorDefinition<S>): { [column: string]: S } {
  const { name, columns, parameters, isState } = definition;
  const refuse = (expected: string, got: unknown): never => {
    throw new TypeError(`invalid saved transform of ${name}: expected ${expected}, got ${inWords(got)}`);
  };
  if (typeof saved !== 'object' || saved === null) refuse('what JSON.parse returns of a saved one', saved);
  const { transform, options, columns: states } = saved as Partial<SavedTransform>;
  if (transform !== name) refuse(`transform: '${name}'`, transform);
  if (codeOf(options ?? null) !== codeOf(parameters))
    refuse(`options ${codeOf(parameters) || '{}'}`, codeOf(options ?? null) || '{}');
  if (typeof states !== 'object' || states === null) return refuse('columns', states);
  if (Object.keys(states).sort().join() !== [...columns].sort().join())
    refuse(`the columns ${columns.map(inWords).join(', ')}`, Object.keys(states).join(', '));
  return Object.fromEntries(
    columns.map((column) => [
      column,
      isState(states[column]!)
        ? (states[column] as S)
        : refuse(`what was learned of column ${inWords(column)}`, states[column]),
    ]),
  );
}
