import type { JsonValue } from 'stemma-document';
import type { Consumable } from '../dataset/consumable';
import { isDataset } from '../dataset/is-dataset';
import { artifactsOf } from '../graph/declaration';
import { exactly } from '../graph/length';
import { OPERATION_OPTIONS, type OperationOptions } from '../graph/operation-options';
import { shownParameters } from '../recorder/privacy/redact';
import type { ProcessDefinition } from '../recorder/process-definition';
import type { Session } from '../recorder/session';
import { beginStep, nextMarker } from '../recorder/steps-under-way';
import { BlockRun } from '../sinks/block-run';
import { failLoopsLeft } from '../sinks/loops-left';
import { checkFunction, inWords } from '../util/check';
import { checkOptions, type OptionTypes } from '../util/options';
import { hasPlainPrototype } from '../util/plain-prototype';
import { type Step, StepWork } from './step-work';
import { StepTime } from './step-time';
import { checkLabel } from './label';

/** What a step is made of. */
export interface StepOptions extends Pick<OperationOptions, 'samples'> {
  /**
   * Results of pipelines and of other steps that it uses, or parts of them. Those of runs within it are known by
   * themselves.
   */
  uses?: readonly unknown[];
  /** What decides how it comes out, such as a learning rate: values of JSON. They are part of the definition. */
  parameters?: { readonly [name: string]: JsonValue };
  /**
   * Datasets that it reads. Those that it loops over are known by themselves, unless several steps are at work at the
   * same time and a library has hidden which of them calls.
   */
  inputs?: readonly Consumable<unknown>[];
}

const OPTIONS: OptionTypes<StepOptions> = {
  uses: OPERATION_OPTIONS.uses,
  samples: OPERATION_OPTIONS.samples,
  parameters: 'any',
  inputs: 'list',
};

/** Calls `work` and records it as a process of `session`. */
export async function runStep<T>(
  session: Session,
  label: string,
  given: StepOptions,
  work: (step: Step) => T | Promise<T>,
): Promise<T> {
  checkLabel(label, 'step');
  checkOptions(given, 'step', OPTIONS);
  checkFunction(work, `function of step "${label}"`);
  const { uses, samples, inputs = [], parameters = {} } = given;
  const streams = inputs.flatMap((input) => artifactOf(input, label, session) ?? []);
  const definition: ProcessDefinition = {
    kind: 'step',
    role: 'sink',
    label,
    inputs: streams,
    uses: artifactsOf(uses, session),
    samples,
    options: parametersOf(parameters, label, session),
    fn: work,
  };
  if (!session.recording) return new StepWork(label, null, session).call(work);
  const run = new BlockRun(session, definition, { kind: 'value', length: exactly(1) }, { spans: true });
  const { process } = run;
  session.noteCaptures(process, work);
  const marker = nextMarker();
  const end = beginStep({ marker, process, session, inputs: new Set(streams) });
  const time = new StepTime(run);
  const failed = process.failed;
  try {
    // Its name is how stack traces tell this step from others.
    const marked = { [marker]: async (): Promise<T> => await new StepWork(label, run, session).call(work) };
    const value = await marked[marker]!();
    time.book();
    run.complete(value);
    return value;
  } catch (error) {
    time.book();
    failLoopsLeft(error);
    run.fail(error, { isCounted: process.failed > failed });
    throw error;
  } finally {
    end();
  }
}

function artifactOf(input: unknown, label: string, session: Session): ProcessDefinition['inputs'][number] | null {
  if (!isDataset(input))
    throw new TypeError(
      `invalid inputs of step "${label}": expected datasets, got ${inWords(input)}; name values in uses`,
    );
  const { node } = input;
  if (node.session !== session && session.recording)
    throw new TypeError(`invalid inputs of step "${label}": expected datasets of its recorder, got one of another`);
  return node.record?.output ?? null;
}

function parametersOf(given: unknown, label: string, session: Session): ProcessDefinition['options'] {
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw new TypeError(`invalid parameters of step "${label}": expected a record, got ${inWords(given)}`);
  for (const [name, value] of Object.entries(given))
    if (!isJson(value))
      throw new TypeError(
        `invalid parameter ${inWords(name)} of step "${label}": expected a value of JSON, got ${inWords(value)}; name other values in uses`,
      );
  if (Object.keys(given).length === 0) return {};
  const copy = JSON.parse(JSON.stringify(given)) as { [name: string]: JsonValue };
  return { parameters: shownParameters(copy, session.settings.redact) };
}

/** Also `undefined`, which is left out. */
function isJson(value: unknown, depth = 0): boolean {
  if (value === null || ['string', 'boolean', 'undefined'].includes(typeof value)) return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || depth > 32) return false;
  return (
    (Array.isArray(value) || hasPlainPrototype(value)) &&
    Object.values(value).every((member) => isJson(member, depth + 1))
  );
}
