import { Contestant, type Timing } from './contestant';
import type { Race, Target, Variant } from './race';
import { median } from './statistics';

export interface VariantResult {
  name: string;
  items: number;
  /** Median, minimum and maximum time of a run, per item. */
  nsPerItem: { median: number; min: number; max: number };
  /** Median processor time for each item, of all cores together. */
  cpuNsPerItem: number;
  /**
   * Median divided by the baseline's: processor time where one thread does the work, which others on the machine change
   * little; else time.
   */
  ratio: number | null;
}

export interface TargetResult {
  text: string;
  /** Null where a variant that it speaks of was left out. */
  measured: number | null;
  wanted: number;
  met: boolean | null;
}

export interface RaceResult {
  name: string;
  title: string;
  unit: Race['unit'];
  baseline: string;
  runs: number;
  variants: VariantResult[];
  leftOut: { name: string; reason: string }[];
  targets: TargetResult[];
}

/**
 * The processes of all variants are started first; then they run in turn, again and again, every other time in reverse:
 * none always comes after the same other.
 */
export async function runRace(race: Race, runs: number): Promise<RaceResult> {
  const leftOut: RaceResult['leftOut'] = [];
  const contestants: Contestant[] = [];
  /** With one of its processes a variant is left out as a whole. */
  const drop = async ({ variant }: Contestant, error: unknown): Promise<void> => {
    leftOut.push({ name: variant.name, reason: (error as Error).message });
    for (const dropped of contestants.filter((contestant) => contestant.variant === variant)) {
      contestants.splice(contestants.indexOf(dropped), 1);
      await dropped.stop();
    }
  };
  try {
    for (let process = 0; process < (race.processes ?? 1); process++)
      for (const variant of race.variants) {
        if (leftOut.some(({ name }) => name === variant.name)) continue;
        const contestant = new Contestant(race, variant);
        contestants.push(contestant);
        await contestant.start().catch((error: unknown) => drop(contestant, error));
      }
    const warmUps = race.warmUps ?? 2;
    for (let round = 0; round < warmUps + runs; round++)
      for (const contestant of inTurn(contestants, round)) {
        if (!contestants.includes(contestant)) continue;
        await contestant.run().then(
          (timing) => void (round >= warmUps && contestant.timings.push(timing)),
          (error: unknown) => drop(contestant, error),
        );
      }
  } finally {
    await Promise.all(contestants.map((contestant) => contestant.stop()));
  }
  checkAnswers(race, contestants);
  const variants = race.variants
    .filter((variant) => contestants.some((contestant) => contestant.variant === variant))
    .map((variant) => summarize(variant, timingsOf(variant, contestants)));
  const timeOf = (name: string): number | undefined => {
    const found = variants.find((variant) => variant.name === name);
    return found && compared(found, race.unit);
  };
  const base = timeOf(race.baseline);
  for (const variant of variants) variant.ratio = base === undefined ? null : compared(variant, race.unit) / base;
  const targets = race.targets.map((target) => judge(target, timeOf(target.of), timeOf(target.against)));
  const { name, title, unit, baseline } = race;
  return { name, title, unit, baseline, runs, variants, leftOut, targets };
}

/** A copy, for who fails drops out. */
function inTurn(contestants: readonly Contestant[], round: number): Contestant[] {
  return round % 2 === 0 ? [...contestants] : [...contestants].reverse();
}

function timingsOf(variant: Variant, contestants: readonly Contestant[]): Timing[] {
  return contestants.filter((contestant) => contestant.variant === variant).flatMap(({ timings }) => timings);
}

function compared({ cpuNsPerItem, nsPerItem }: VariantResult, unit: Race['unit']): number {
  return unit === 'ns/item' ? cpuNsPerItem : nsPerItem.median;
}

function summarize({ name, items }: Variant, timings: readonly Timing[]): VariantResult {
  const each = timings.map(({ ms }) => (ms * 1e6) / items);
  const nsPerItem = { median: median(each), min: Math.min(...each), max: Math.max(...each) };
  const cpuNsPerItem = median(timings.map(({ cpuMs }) => (cpuMs * 1e6) / items));
  return { name, items, nsPerItem, cpuNsPerItem, ratio: null };
}

function judge({ text, atMost }: Target, of: number | undefined, against: number | undefined): TargetResult {
  const measured = of === undefined || against === undefined ? null : of / against;
  return { text, measured, wanted: atMost, met: measured === null ? null : measured <= atMost };
}

/** Who computes something else is in another race. */
function checkAnswers(race: Race, contestants: readonly Contestant[]): void {
  const answers = new Map<number, { name: string; answer: string }>();
  for (const { variant, timings } of contestants)
    for (const timing of timings) {
      const answer = JSON.stringify(timing.answer);
      const first = answers.get(variant.items);
      if (first === undefined) answers.set(variant.items, { name: variant.name, answer });
      else if (first.answer !== answer)
        throw new Error(
          `${race.name}: "${variant.name}" answers ${answer} and "${first.name}" ${first.answer} for the same ${variant.items} items`,
        );
    }
}
