/**
 * The pages are read in the repository, too: there they link to notebooks and to files outside of `docs/`. On the site
 * a notebook is a page, and a file outside has no address, so its link becomes plain text.
 */
import { posix } from 'node:path';

const OWN = /^(?!#|[a-z]+:)/;

/** @param {import('vitepress').MarkdownRenderer} md */
export function repositoryLinks(md) {
  md.core.ruler.push('repository_links', (state) => {
    const page = posix.dirname(state.env.relativePath ?? '');
    for (const { children } of state.tokens) {
      for (const link of (children ?? []).filter(({ type }) => type === 'link_open')) {
        const target = link.attrGet('href');
        if (!OWN.test(target)) continue;
        if (posix.join(page, target).startsWith('..')) plain(children, link);
        else link.attrSet('href', target.replace(/\.ipynb(?=$|#)/, '.md'));
      }
    }
  });
}

/** Takes a link away and leaves its text. */
function plain(tokens, link) {
  const close = tokens.indexOf(tokens.find((token, at) => at > tokens.indexOf(link) && token.type === 'link_close'));
  tokens.splice(close, 1);
  tokens.splice(tokens.indexOf(link), 1);
}
