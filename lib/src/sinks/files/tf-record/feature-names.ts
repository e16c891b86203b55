import { types } from 'node:util';
import { isTypedArray } from '../../../tensor/tensor';
import { fieldKey } from '../../../util/field-paths';
import { inWords } from '../../../util/check';

/** Which field of the records each feature stands for: `a/b` may be a field of that name, or `b` in `a`. */
export class FeatureNames {
  /** Keys of fields, by the names of their features. */
  readonly #fields = new Map<string, string>();

  /** Returns the names that are new. @throws TypeError if two fields would be one feature; then none is added */
  add(record: object): string[] {
    const added: string[] = [];
    try {
      this.#add(record, '', '', added);
    } catch (error) {
      this.remove(added);
      throw error;
    }
    return added;
  }

  /** Of an item that was refused. */
  remove(names: readonly string[]): void {
    for (const name of names) this.#fields.delete(name);
  }

  #add(record: object, prefix: string, outer: string, added: string[]): void {
    for (const [name, value] of Object.entries(record) as [string, unknown][]) {
      if (value === null || value === undefined) continue;
      const [feature, key] = [prefix + name, fieldKey(outer, name)];
      if (typeof value === 'object' && !Array.isArray(value) && !isTypedArray(value) && !types.isDate(value)) {
        this.#add(value, `${feature}/`, key, added);
        continue;
      }
      const known = this.#fields.get(feature);
      if (known === key) continue;
      if (known !== undefined)
        throw new TypeError(
          `${fieldInWords(key)} and ${fieldInWords(known)} are both written as the feature ${inWords(feature)}; rename one of them`,
        );
      this.#fields.set(feature, key);
      added.push(feature);
    }
  }
}

/** `the field "b" in "a"`. */
function fieldInWords(key: string): string {
  const names = key.split('\0').slice(1).reverse();
  return `the field ${names.map((name) => inWords(name)).join(' in ')}`;
}
