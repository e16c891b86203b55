import { type Sample, type Summary, summaryText } from 'stemma-document';

/** A field of the samples, or the samples themselves where these are no records (the empty name). */
export interface Column {
  name: string;
  /** One for each sample; null where it lacks the field. */
  cells: readonly (Summary | null)[];
  isNumeric: boolean;
}

/** The columns of a table of samples, in the order in which their fields appear. */
export function columnsOf(samples: readonly Sample[]): Column[] {
  const names = new Set(
    samples.flatMap(({ value }) => (value.type === 'record' ? value.fields.map((field) => field.name) : [''])),
  );
  return [...names].map((name) => {
    const cells = samples.map(({ value }) => fieldOf(value, name));
    return { name, cells, isNumeric: isNumeric(cells) };
  });
}

function fieldOf(value: Summary, name: string): Summary | null {
  if (value.type === 'record') {
    return value.fields.find((field) => field.name === name)?.value ?? null;
  }
  return name === '' ? value : null;
}

function isNumeric(cells: readonly (Summary | null)[]): boolean {
  const known = cells.filter((cell) => !isMissing(cell));
  return known.length > 0 && known.every((cell) => cell?.type === 'number');
}

const isMissing = (cell: Summary | null | undefined): boolean =>
  cell === null || cell === undefined || cell.type === 'null';

/**
 * The rows of a column in order: numbers by size, everything else by its text; what is missing comes last either way.
 */
export function orderBy({ cells }: Column, isDescending: boolean): number[] {
  const sign = isDescending ? -1 : 1;
  return cells
    .map((_, row) => row)
    .sort((a, b) => {
      const [one, other] = [cells[a], cells[b]];
      if (!one || !other || isMissing(one) || isMissing(other)) {
        return Number(isMissing(one)) - Number(isMissing(other)) || a - b;
      }
      return sign * compare(one, other) || a - b;
    });
}

function compare(one: Summary, other: Summary): number {
  if (one.type === 'number' && other.type === 'number') {
    return Number(one.value) - Number(other.value) || 0;
  }
  return summaryText(one).localeCompare(summaryText(other), undefined, { numeric: true });
}
