import { escapeXml, type ProvenanceDocument, type Sample, type Summary, summaryText } from 'stemma-document';

const ROWS = 8;
const COLUMNS = 12;
const TEXT = 60;
const IMAGE_PX = 48;

/**
 * The first samples of a document's dataset as a table in HTML; empty where there are none, or where they are no
 * records of plain values.
 */
export function samplesToHtml({ artifacts }: ProvenanceDocument): string {
  const samples =
    artifacts.find(({ execution }) => execution.samples.length > 0)?.execution.samples.slice(0, ROWS) ?? [];
  const names = [...new Set(samples.flatMap(({ value }) => fieldsOf(value).map(({ name }) => name)))].slice(0, COLUMNS);
  if (names.length === 0) return '';
  const head = ['#', ...names.map((name) => (name === '' ? 'value' : name)), 'origin'].map((name) => cell('th', name));
  const rows = samples.map((sample) => `<tr>${rowOf(sample, names).join('')}</tr>`);
  return `<table><thead><tr>${head.join('')}</tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

function rowOf({ index, value, origins }: Sample, names: readonly string[]): string[] {
  const fields = new Map(fieldsOf(value).map((field) => [field.name, field.value]));
  return [
    cell('td', String(index)),
    ...names.map((name) => `<td>${contentOf(fields.get(name))}</td>`),
    cell('td', origins[0] ?? ''),
  ];
}

/** A value that is no record is one field without a name. */
function fieldsOf(value: Summary): { name: string; value: Summary }[] {
  return value.type === 'record' ? value.fields : [{ name: '', value }];
}

function contentOf(value: Summary | undefined): string {
  if (value?.type === 'tensor' && value.images[0]) {
    const { png, width, height } = value.images[0];
    const scale = IMAGE_PX / Math.max(width, height, 1);
    const [w, h] = [width, height].map((side) => Math.max(1, Math.round(side * scale)));
    return `<img src="${escapeXml(png)}" width="${w}" height="${h}" alt="${escapeXml(summaryText(value))}">`;
  }
  return escapeXml(cut(value === undefined ? '' : summaryText(value)));
}

const cell = (tag: 'td' | 'th', text: string): string => `<${tag}>${escapeXml(cut(text))}</${tag}>`;
const cut = (text: string): string => (text.length > TEXT ? `${text.slice(0, TEXT - 1)}…` : text);
