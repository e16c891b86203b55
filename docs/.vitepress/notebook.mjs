/** A notebook as a page: its text, its code and what its cells showed. */

/** @param {string | string[]} text */
const joined = (text) => [text].flat().join('');

/**
 * @param {string} json the notebook
 * @returns {string} markdown
 */
export function pageOf(json) {
  return JSON.parse(json)
    .cells.map((cell) => {
      const source = joined(cell.source);
      if (cell.cell_type !== 'code') return source;
      return [`\`\`\`ts\n${source}\n\`\`\``, ...cell.outputs.map(output).filter(Boolean)].join('\n\n');
    })
    .join('\n\n');
}

function output({ data, text }) {
  if (text) return shown(`<pre>${escaped(joined(text).trimEnd())}</pre>`);
  if (data['text/html']) return shown(joined(data['text/html']));
  return data['text/plain'] ? shown(`<pre>${escaped(joined(data['text/plain']))}</pre>`) : '';
}

// One block of HTML, without the blank lines that would end it for markdown.
const shown = (html) => `<div class="output" v-pre>${html.replace(/\n(?=\n)/g, '\n&#8203;')}</div>`;

/** @param {string} text */
const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
