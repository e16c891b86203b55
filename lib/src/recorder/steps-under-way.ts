import type { ArtifactRecord } from './artifact-record';
import type { ProcessRecord } from './process-record';
import type { Session } from './session';

/** A step at work. */
export interface StepUnderWay {
  /** Name of the function around the user's, which stack traces show. */
  readonly marker: string;
  readonly process: ProcessRecord;
  readonly session: Session;
  /** The outputs of the datasets that the user named as its inputs. */
  readonly inputs: ReadonlySet<ArtifactRecord>;
}

const underWay = new Set<StepUnderWay>();
let markers = 0;

export function nextMarker(): string {
  return `stemma step ${++markers}`;
}

/** Notes that a step is at work; call the result when it is no longer. */
export function beginStep(step: StepUnderWay): () => void {
  underWay.add(step);
  return () => underWay.delete(step);
}

/**
 * The step in which the user's code reads `artifact` now; null where none is known. One that names the artifact comes
 * first. Of several at work, the asynchronous stack trace tells which: following a value through `await` would slow all
 * promises of the process down. Where a library has cut the trace, nothing is guessed, and the steps are warned.
 */
export function stepAround(session: Session, artifact: ArtifactRecord): StepUnderWay | null {
  if (underWay.size === 0) return null;
  const all = [...underWay].filter((step) => step.session === session).reverse();
  const named = all.find(({ inputs }) => inputs.has(artifact));
  if (named !== undefined || all.length <= 1) return named ?? all[0] ?? null;
  const trace = stackTrace();
  const around = all
    .map((step) => ({ step, at: trace.search(new RegExp(`\\b${step.marker}\\b`)) }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => a.at - b.at);
  if (around.length > 0) return around[0]!.step;
  const label = artifact.producer.definition.label;
  const warning = `several steps were at work when "${label}" was read, and which of them did is not known; name it in the step: { inputs: [dataset] }`;
  for (const { process } of all) if (process.addWarning(warning)) session.touch(process);
  return null;
}

/** With the asynchronous functions that wait for the code which runs. */
function stackTrace(): string {
  const { stackTraceLimit } = Error;
  const holder: { stack?: unknown } = {};
  try {
    Error.stackTraceLimit = 200;
    Error.captureStackTrace(holder, stackTrace);
    return String(holder.stack);
  } catch {
    // A loader's own way to prepare stack traces failed.
    return '';
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}
