/**
 * Checks the English of pages, interface, errors and comments: phrases to avoid, lines over 120 columns, long
 * sentences. `--figures` prints how long the sentences of each page are.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { commentsOf, longComments } from './prose/comments.mjs';
import { longLines, plain, proseLines, sentences } from './prose/pages.mjs';
import { PHRASES } from './prose/phrases.mjs';
import { PAGES, QUOTES, SOURCES } from './prose/scope.mjs';
import { stringsOf } from './prose/strings.mjs';
import { inRoot } from './support/paths.mjs';
import { Problem, main } from './support/say.mjs';

const MOST_WORDS_ON_AVERAGE = 25;
const MOST_WORDS = 50;

/** @param {string} path */
const read = (path) => readFileSync(inRoot(path), 'utf8');

/** @param {string} path a file, or a folder and `*.md` */
const filesOf = (path) =>
  path.endsWith('*.md')
    ? readdirSync(inRoot(dirname(path)))
        .filter((name) => name.endsWith('.md'))
        .map((name) => join(dirname(path), name))
    : [path];

/** @param {string} folder */
const sourcesOf = (folder) =>
  readdirSync(inRoot(folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /(?<!\.d)\.(ts|mjs)$/.test(name) && !/node_modules|^dist\b/.test(name))
    .map((name) => join(folder, name))
    .filter((path) => !QUOTES.includes(path));

/**
 * @param {string} path
 * @param {import('./prose/pages.mjs').Line[]} lines
 */
const phrases = (path, lines) =>
  lines.flatMap(({ line, text }) =>
    PHRASES.filter(([pattern]) => pattern.test(text)).map(
      ([pattern, instead]) => `${path}:${line}: "${pattern.exec(text)?.[0].trim()}": say ${instead}`,
    ),
  );

/** @param {import('./prose/pages.mjs').Sentence[]} all */
const average = (all) => all.reduce((sum, { words }) => sum + words, 0) / Math.max(1, all.length);

/** @param {string} path */
function problemsOf(path) {
  const page = read(path);
  const all = sentences(page);
  const mean = average(all);
  return [
    ...phrases(
      path,
      proseLines(page).map(({ line, text }) => ({ line, text: plain(text) })),
    ),
    ...longLines(page).map(({ line, text }) => `${path}:${line}: ${text.length} columns: wrap at 120`),
    ...all
      .filter(({ words }) => words > MOST_WORDS)
      .map(({ line, words, text }) => `${path}:${line}: a sentence of ${words} words: "${text.slice(0, 60)}…"`),
    ...(mean > MOST_WORDS_ON_AVERAGE ? [`${path}: sentences of ${mean.toFixed(1)} words on average: at most 25`] : []),
  ];
}

await main(async () => {
  const pages = PAGES.flatMap(filesOf);
  if (process.argv.includes('--figures')) {
    for (const path of pages)
      console.log(
        average(sentences(read(path)))
          .toFixed(1)
          .padStart(5),
        path,
      );
    console.log(
      average(pages.flatMap((path) => sentences(read(path))))
        .toFixed(1)
        .padStart(5),
      'all pages',
    );
  }
  const problems = [
    ...pages.flatMap(problemsOf),
    ...SOURCES.flatMap(sourcesOf).flatMap((path) => {
      const source = read(path);
      return [
        ...phrases(path, [...stringsOf(path, source), ...commentsOf(path, source)]),
        ...longComments(source).map(({ line, text }) => `${path}:${line}: ${text.length} columns: wrap at 120`),
      ];
    }),
  ];
  for (const problem of problems) console.log(problem);
  if (problems.length > 0) throw new Problem(`${problems.length} problems of prose.`);
});
