/** A stage of dvc.yaml: lists the first digits of each class in a table. */
import { Dataset, type PipelineModule } from 'stemma';

const pipeline: PipelineModule<{ folder: string; perClass: number }> = async ({ folder, perClass }) => {
  const classes = Dataset.fromClassFolders(folder, { identifier: (label) => `Load class ${label}` });
  const rows = classes.map(({ label, dataset }) =>
    dataset.take(perClass).map(({ name, size }) => ({ label, name, bytes: size }), 'Describe'),
  );
  const { items } = await Dataset.concat(...rows).toCsv('rows.csv');
  return { rows: items };
};
export default pipeline;
