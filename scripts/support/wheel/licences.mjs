/** The licence texts of all that the wheel carries, in one file. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from '../say.mjs';

const TEXTS = /^(licen[cs]e|copying|notice|copyrightnotice|thirdpartynoticetext)/i;

/**
 * Code of others inside binaries of a package, of which its own licence says nothing.
 * @type {Record<string, string>}
 */
const INSIDE = {
  zeromq: 'Its addons contain libzmq (MPL-2.0, https://github.com/zeromq/libzmq) and libsodium (ISC).',
  '@img/sharp-wasm32':
    'It contains libvips (LGPL-3.0-or-later) and the libraries that its README.md lists with their licences and sources (https://github.com/lovell/sharp-libvips).',
  '@julusian/jpeg-turbo': 'Its addons contain libjpeg-turbo (IJG, BSD-3-Clause and zlib).',
};

/** The MIT licence, for packages that name it and forgot the text. @param {string} holder */
const mit = (holder) => `MIT License

Copyright (c) ${holder}

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
`;

/**
 * @param {{ name: string, version: string, source: string }[]} packages
 * @returns {string} each package with its licence, its source and the texts, sorted by name
 */
export function licenceTexts(packages) {
  const seen = new Map(packages.map((one) => [`${one.name} ${one.version}`, one]));
  const entries = [...seen.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([title, one]) => entryOf(title, one));
  return `What the package jupyterlab_stemma carries from others, each under its own licence.\n\n${entries.join('\n')}`;
}

/**
 * @param {string} title
 * @param {{ name: string, source: string }} one
 */
function entryOf(title, { name, source }) {
  const { license, repository, author } = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8'));
  const texts = readdirSync(source)
    .filter((file) => TEXTS.test(file))
    .sort()
    .map((file) => readFileSync(join(source, file), 'utf8').trim());
  if (texts.length === 0) {
    if (license !== 'MIT') throw new Problem(`${title} comes without the text of its licence (${license}).`);
    texts.push(mit(typeof author === 'string' ? author : (author?.name ?? `the authors of ${name}`)).trim());
  }
  const home = typeof repository === 'string' ? repository : repository?.url;
  const head = [
    title,
    `licence: ${license}`,
    ...(home ? [`source: ${home}`] : []),
    ...(INSIDE[name] ? [INSIDE[name]] : []),
  ];
  return `${'='.repeat(80)}\n${head.join('\n')}\n\n${texts.join('\n\n')}\n`;
}
