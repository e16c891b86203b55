/** Sets an own property, whatever it is called: an assignment to `__proto__` would set the prototype. */
export function setField(record: object, name: string, value: unknown): void {
  if (name !== '__proto__') (record as { [name: string]: unknown })[name] = value;
  else Object.defineProperty(record, name, { value, configurable: true, enumerable: true, writable: true });
}
