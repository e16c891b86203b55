/** Prints the MD5, by DVC's rule, of folders: as a source reads them, and as outputs that other code wrote. */
import { Dataset, provenance } from 'stemma';

const folders = process.argv.slice(2);
for (const folder of folders) {
  await Dataset.fromFolder(folder, { recursive: true, hidden: true, allowEmpty: true, identifier: folder }).count();
  await provenance.output(folder);
}
await provenance.save('digest.provenance.json');
