import type { JsonValue } from 'stemma-document';
import { artifactsOf } from '../graph/declaration';
import { exactly } from '../graph/length';
import { OPERATION_OPTIONS, type OperationOptions } from '../graph/operation-options';
import type { ProcessDefinition } from '../recorder/process-definition';
import type { Session } from '../recorder/session';
import { shownParameters } from '../recorder/privacy/redact';
import { BlockRun } from '../sinks/block-run';
import { checkOptions, type OptionTypes } from '../util/options';
import { checkLabel } from './label';

/** What `provenance.value` says of a value. */
export type ValueOptions = Pick<OperationOptions, 'uses' | 'samples'>;

const OPTIONS: OptionTypes<ValueOptions> = { uses: OPERATION_OPTIONS.uses, samples: OPERATION_OPTIONS.samples };

/** Records a value, and returns it. */
export function nameValue<T>(session: Session, label: string, value: T, given: ValueOptions = {}): T {
  checkLabel(label, 'value');
  checkOptions(given, 'value', OPTIONS);
  const { uses, samples } = given;
  const used = artifactsOf(uses, session);
  if (!session.recording) return value;
  // What is made of nothing else is a part of the definition, as far as it can be written down.
  const constant: { [name: string]: JsonValue } =
    used.length === 0 && samples !== false && isConstant(value) ? { value } : {};
  const options = shownParameters(constant, session.settings.redact);
  const definition: ProcessDefinition = {
    kind: 'value',
    role: 'sink',
    label,
    inputs: [],
    uses: used,
    samples,
    options,
  };
  new BlockRun(session, definition, { kind: 'value', length: exactly(1) }).complete(value);
  return value;
}

function isConstant(value: unknown): value is JsonValue {
  return value === null || ['string', 'boolean'].includes(typeof value) || Number.isFinite(value);
}
