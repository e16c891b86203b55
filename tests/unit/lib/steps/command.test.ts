import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Recorder, type Step } from 'stemma';
import { currentSession } from '../../../../lib/src/recorder/current-session';
import { temporaryFolder } from '../../../support/temporary-folder';

const folder = temporaryFolder();
const program = process.execPath;

function stepOf(recorder: Recorder) {
  return recorder.document().processes[0]!.execution;
}

describe('files of a step', () => {
  it('are recorded with size and hashes, awaited or not', async () => {
    const path = join(folder, 'weights.bin');
    const recorder = new Recorder();
    const file = await recorder.step('Save', async (step) => {
      writeFileSync(path, 'weights');
      const file = await step.file(path);
      mkdirSync(join(folder, 'parts'));
      writeFileSync(join(folder, 'parts', 'a'), 'a');
      void step.file(join(folder, 'parts'));
      return file;
    });
    const sha256 = createHash('sha256').update('weights').digest('hex');
    expect(file).toMatchObject({ path, bytes: 7, files: 1, sha256 });
    const [value] = recorder.document().artifacts;
    expect(value!.execution.written).toMatchObject([{ sha256 }, { path: join(folder, 'parts'), files: 1, bytes: 1 }]);
    recorder.value('Size', 7, { uses: [file] });
    expect(recorder.document().processes.at(-1)!.uses).toEqual([value!.id]);
  });

  it('fail the step where they are missing', async () => {
    const recorder = new Recorder();
    const thrown = recorder.step('Save', (step) => void step.file(join(folder, 'nowhere')));
    await expect(thrown).rejects.toThrow('there is no such file or folder');
    expect(stepOf(recorder)).toMatchObject({ state: 'failed' });
  });
});

describe('a command of a step', () => {
  const run = async (code: string, rest: string[] = []): Promise<[Recorder, unknown]> => {
    const recorder = new Recorder();
    const outcome = await recorder
      .step('Run', (step) => step.command(program, ['-e', code, ...rest], { env: { EXTRA: 'seen' } }))
      .catch((error: unknown) => error);
    return [recorder, outcome];
  };

  it('is recorded with exit code and what it printed', async () => {
    const [recorder, result] = await run('console.log(process.env.EXTRA)', ['--', '--api-key=abc']);
    expect(result).toMatchObject({ exitCode: 0, signal: null, output: 'seen\n' });
    const { commands } = stepOf(recorder);
    expect(commands).toMatchObject([{ exitCode: 0, output: 'seen\n' }]);
    expect(commands![0]!.command.at(-1)).toBe('--api-key=…');
    expect(recorder.document({ samples: false }).processes[0]!.execution.commands![0]).not.toHaveProperty('output');
  });

  it('fails the step with what it printed last, unless it ends well', async () => {
    const [recorder, error] = await run('console.error("no data"); process.exit(3)');
    expect((error as Error).message).toMatch(/ in step "Run" ended with exit code 3:\nno data$/);
    expect(stepOf(recorder)).toMatchObject({ state: 'failed', commands: [{ exitCode: 3, output: 'no data\n' }] });
  });

  it('says that there is no such program', async () => {
    const recorder = new Recorder();
    const thrown = recorder.step('Run', (step) => step.command(join(folder, 'nothing')));
    await expect(thrown).rejects.toThrow('there is no such program');
  });

  it.each([
    [(step: Step) => step.command(''), 'invalid program of step.command'],
    [(step: Step) => step.command('a', 'b' as never), "write step.command('python', ['train.py'])"],
    [(step: Step) => step.command('a', [], { shell: true } as never), 'unknown option "shell"'],
  ])('refuses what is none: %#', async (call, message) => {
    await expect(new Recorder().step('Run', call)).rejects.toThrow(message);
  });

  it('ends when the step is interrupted', async () => {
    const recorder = new Recorder();
    let error: unknown;
    const ended = recorder
      .step('Run', (step) => {
        const command = step.command(program, ['-e', 'setInterval(() => undefined, 1000)']);
        setImmediate(() => currentSession().interrupt('enough'));
        return command;
      })
      .catch((thrown: unknown) => (error = thrown));
    await ended;
    expect((error as Error).message).toBe('enough');
    expect(stepOf(recorder)).toMatchObject({ state: 'aborted', failed: 0 });
  });
});
