import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { Command, Option } from 'commander';
import { EXPORTERS } from 'stemma-document';
import { parseMoved, parseParameters, parsePort, parseSeed, parseShard, parseTolerance } from './arguments';
import { diffCommand, hashCommand, mergeCommand, showCommand } from './document-commands';
import { exportCommand, type ExportCommandOptions } from './export-command';
import { reproduceCommand, type ReproduceOptions } from './reproduce/reproduce-command';
import { runCommand, type RunOptions } from './run-command';

/** The `stemma` command; `finish` gets the exit code of whatever was run. */
export function stemmaProgram(finish: (code: number) => void): Command {
  const program = new Command('stemma')
    // Not at once: what it printed may still be on its way, or lost.
    .exitOverride()
    .description('Runs data pipelines, and merges, compares and shows what was recorded of them.')
    .version(version());

  program
    .command('run')
    .description('run a pipeline: a module with `export default (params, { shard, seed, signal }) => Dataset`')
    .argument('<module>', 'TypeScript or JavaScript file')
    .option('-p, --params <values...>', 'name=value, or a JSON object', parseParameters)
    .option('-o, --out <file>', 'where to write the provenance (default: <module>.provenance.json here)')
    .option('--metrics <file>', 'where to write the numbers that it returns and its counts, as JSON (for dvc metrics)')
    .option('--shard <i/n>', 'work on one part only, e.g. 3/8', parseShard)
    .option('--seed <number>', 'of all operations that the pipeline gives no seed; shards need the same', parseSeed)
    .option('--no-samples', 'keep no samples of the data')
    .option('--monitor [port]', 'let the run be watched over HTTP (needs the package stemma-monitor)', parsePort)
    .action(async (module: string, options: RunOptions) => finish(await runCommand(module, options)));

  program
    .command('merge')
    .description('merge documents, e.g. of the shards of a run; in any order the same bytes')
    .argument('<file>', 'provenance document')
    .argument('[more...]', 'others')
    .requiredOption('-o, --out <file>', 'where to write the merged document')
    .action(async (file: string, more: string[], options: { out: string }) =>
      finish(await mergeCommand(file, more, options)),
    );

  program
    .command('hash')
    .description('print the hash of what was to be done: the same on every machine')
    .argument('<files...>', 'provenance documents')
    .action((files: string[]) => finish(hashCommand(files)));

  program
    .command('diff')
    .description('show what differs between two documents')
    .argument('<a>', 'provenance document')
    .argument('<b>', 'another one')
    .option('--exit-code', 'exit with 1 where the definitions differ')
    .action((a: string, b: string, options: { exitCode?: boolean }) => finish(diffCommand(a, b, options)));

  program
    .command('reproduce')
    .description('run what a document records once more, and name the first step whose output differs')
    .argument('<file>', 'provenance document of a notebook, or of `stemma run`')
    .option('--data <old=new...>', 'where data are now, by the paths that the document has', parseMoved)
    .option('--project <folder>', 'where packages and own files are (default: the recorded folder, else this one)')
    .option('--current', 'run the module as it is now rather than as it was recorded')
    .option('--tolerance <number>', 'how far apart numbers may be, relative to the larger, e.g. 1e-6', parseTolerance)
    .option('-o, --out <file>', 'where to write the comparison (default: reproduction.json here)')
    .action(async (file: string, options: ReproduceOptions) => finish(await reproduceCommand(file, options)));

  program
    .command('show')
    .description('print what a document holds as a table')
    .argument('<file>', 'provenance document')
    .action((file: string) => finish(showCommand(file)));

  program
    .command('export')
    .description('write a document in another format')
    .argument('<file>', 'provenance document')
    .addOption(
      new Option('-f, --format <format>', EXPORTERS.map(({ id, title }) => `${id}: ${title}`).join('; '))
        .choices(EXPORTERS.map(({ id }) => id))
        .makeOptionMandatory(),
    )
    .option('-o, --out <folder>', 'where to write the files (default: print them)')
    .option('--force', 'replace files that exist')
    .action(async (file: string, options: ExportCommandOptions) => finish(await exportCommand(file, options)));

  return program;
}

function version(): string {
  const file = path.join(__dirname, '../../package.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
