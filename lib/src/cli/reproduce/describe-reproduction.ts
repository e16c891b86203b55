import {
  type FirstDifference,
  type JsonValue,
  printable,
  type ReproducedStep,
  type Reproduction,
  type Summary,
  summaryText,
} from 'stemma-document';
import { plural } from '../../util/plural';
import { plainText } from '../plain-text';
import { nameOf } from '../process-name';

const MAX_TEXT = 200;
const MOST_LISTED = 12;

/** What a repetition has shown, for a person: what has changed around it, and the first steps that differ. */
export function describeReproduction(reproduction: Reproduction): string[] {
  const { environment, first, steps, verdict, tolerance } = reproduction;
  const changed = environment.map(
    ({ path, original, repeated }) => `environment: ${path}: ${textOf(original)} before, ${textOf(repeated)} now`,
  );
  const names = new Map(steps.map((step) => [step.id, nameOf(step)]));
  return [
    ...limited(changed),
    ...first.flatMap((step, index) => describeFirst(step, index === 0 ? 'first to differ' : 'also differs', names)),
    countsOf(steps),
    {
      same: 'reproduced: the same, byte for byte as far as the record has digests',
      close: `reproduced within the tolerance of ${tolerance}, not byte for byte`,
      different: 'not reproduced: the results differ',
      unknown: 'not known: the record has no digests that could be compared',
    }[verdict],
  ].map((line) => printable(line, Infinity));
}

function describeFirst(step: FirstDifference, head: string, names: ReadonlyMap<string, string>): string[] {
  const { changes, samples, unverified } = step;
  return [
    `${head}: ${nameOf(step)}: ${REASONS[step.basis ?? 'missing']}`,
    ...changes.map(({ path, a, b }) => `  ${path}: ${textOf(a)} before, ${textOf(b)} now`),
    ...samples.map(
      ({ index, origins, original, repeated }) =>
        `  item ${index}${origins.length === 0 ? '' : ` (${origins[0]})`}: ${valueText(original)} before, ${valueText(repeated)} now`,
    ),
    ...(unverified.length === 0
      ? []
      : [`  not known for sure of the steps before it: ${unverified.map((id) => names.get(id)).join(', ')}`]),
  ];
}

const REASONS: { [basis in NonNullable<ReproducedStep['basis']> | 'missing']: string } = {
  contents: 'the files that it reads are others',
  files: 'what it wrote differs',
  digest: 'its inputs agree and its output does not',
  order: 'the same items come out in another order',
  state: 'it ended in another way',
  count: 'other numbers of items passed',
  samples: 'its inputs agree and items of its output do not',
  definition: 'its code, options or captured values are others, and what comes after it differs',
  missing: 'the repetition has no such step',
};

const VERDICTS = ['same', 'alike', 'close', 'different', 'missing', 'unknown'] as const;

function countsOf(steps: readonly ReproducedStep[]): string {
  const counts = VERDICTS.map((wanted) => [wanted, steps.filter(({ verdict }) => verdict === wanted).length] as const);
  const listed = counts.filter(([, count]) => count > 0).map(([verdict, count]) => `${count} ${WORDS[verdict]}`);
  return `${plural(steps.length, 'step')}: ${listed.join(', ')}`;
}

const WORDS: { [verdict in ReproducedStep['verdict']]: string } = {
  same: 'the same',
  alike: 'the same as far as samples and counts tell',
  close: 'within the tolerance',
  different: 'different',
  missing: 'missing',
  unknown: 'not known',
};

/** A kept item with its values: those of the fields say what differs. */
function valueText(summary: Summary): string {
  if (summary.type === 'record') {
    const { fields, omitted } = summary as Extract<Summary, { type: 'record' }>;
    const listed = fields.map(({ name, value }) => `${name}: ${valueText(value)}`);
    return `{${[...listed, ...(omitted > 0 ? ['…'] : [])].join(', ')}}`;
  }
  if (summary.type === 'tensor') {
    const { dtype, shape, values } = summary as Extract<Summary, { type: 'tensor' }>;
    return `${dtype} [${shape.join(', ')}] ${values.join(' ')}`;
  }
  return summaryText(summary);
}

function limited(lines: string[]): string[] {
  const more = lines.length - MOST_LISTED;
  return more > 0 ? [...lines.slice(0, MOST_LISTED), `environment: and ${more} more`] : lines;
}

const textOf = (value: JsonValue): string => (value === null ? 'none' : printable(plainText(value), MAX_TEXT));
