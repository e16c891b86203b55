/** A cell as people write it, with all three packages. Compiled by each compiler, never run. */
import { Dataset, decodeImage, provenance, type Tensor } from 'stemma';
import { comm, display, widget } from 'stemma-kernel';
import { monitor } from 'stemma-monitor';
const digits = Dataset.concat(
  ...['0', '1'].map((label) =>
    Dataset.fromFolder('train/' + label, { identifier: 'Load ' + label }).map(
      async (file) => ({ image: await decodeImage(file, { dtype: 'float32' }), label }),
      'Add label',
    ),
  ),
);
const batches: Dataset<{ image: Tensor<Float32Array>; label: string[] }> = digits.shuffle({ seed: 1 }).batch(32);
const sum: Promise<number> = digits.reduce((n, item) => n + item.image.data.length, 0);
const evens: Dataset<number> = Dataset.range(3).map(async (n) => n);
const texts: Dataset<string> = Dataset.fromArray<string | null>(['a', null]).filter((x): x is string => x !== null);
async function use() {
  for await (const { image, label } of batches) console.log(image.shape[0], label[0]!.length);
}
const people = Dataset.fromCsv('people.csv', { types: { age: 'number', born: 'date' } });
const ages: Dataset<number> = people
  .filter(({ age }) => age !== null)
  .map(({ age, name }) => age! + String(name).length);
const born: Dataset<{ born: Date | null }> = Dataset.fromCsv('people.csv', {
  columns: ['born'],
  types: { born: 'date' },
});
const given: Dataset<{ a: number }> = Dataset.fromCsv<{ a: number }>('a.csv', { delimiter: ';' });
export { ages, born, given };
export const steps: number = provenance.document().processes.length;
comm.registerTarget('echo', (channel, { data }) => channel.send({ data }));
display({ 'text/plain': 'x' });
const slider = widget({ state: { value: 3 }, render: ({ model }) => void model.get('value') });
const twice: number = slider.get('value') * 2;
async function watch(): Promise<string> {
  return (await monitor.start({ port: 0 })).link;
}
export { twice, watch };
export { sum, evens, texts, use };
