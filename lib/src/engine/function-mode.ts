/** `map` emits what the function returns, `filter` the items for which it returns true. */
export type FunctionMode = 'map' | 'filter';
