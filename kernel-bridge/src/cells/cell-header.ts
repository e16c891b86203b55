/** What a comment at the head of a cell says of it, in tslab's words. */
export interface CellHeader {
  /** File name of the module that the cell is: `@module name`. */
  module: string | null;
  /** `@browser`: not for Node. */
  isForBrowser: boolean;
}

const COMMENTS = /^(?:\s|\/\/.*|\/\*[^]*?\*\/)*/;
const DOCS = /\/\*\*[^]*?\*\//g;

export function cellHeader(source: string): CellHeader {
  const docs = (COMMENTS.exec(source)![0].match(DOCS) ?? []).join('\n');
  const name = /@module[ \t]+([\w-]+(?:\/[\w-]+)*)/.exec(docs)?.[1];
  const extension = /@jsx\b/.test(docs) ? 'tsx' : 'ts';
  return { module: name === undefined ? null : `${name}.${extension}`, isForBrowser: /@browser\b/.test(docs) };
}
