/** The pages of the documentation that are written by hand, without those on how Stemma is developed. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { inRoot } from '../../scripts/support/paths.mjs';

const SECTIONS = ['', 'how-to', 'reference', 'explanation'];
const FOR_DEVELOPERS = ['benchmarks.md', 'dependencies.md'];

export interface DocsPage {
  /** Below `docs/`. */
  path: string;
  text: string;
}

export function userPages(): DocsPage[] {
  return SECTIONS.flatMap((section) =>
    readdirSync(inRoot('docs', section))
      .filter((name) => name.endsWith('.md') && !FOR_DEVELOPERS.includes(name))
      .map((name) => join(section, name))
      .map((path) => ({ path, text: readFileSync(inRoot('docs', path), 'utf8') })),
  );
}

/** The blocks of TypeScript on a page. */
export const codeOf = ({ text }: DocsPage): string[] =>
  [...text.matchAll(/^```ts\n([^]*?)^```$/gm)].map(([, code]) => code!);
