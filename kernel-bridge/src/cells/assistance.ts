import ts = require('typescript');
import type { CellCompiler } from '../compiler/cell-compiler';
import type { Content } from '../wire/message';
import { textOf } from '../wire/text-of';
import { pointsOf, unitsOf } from './code-points';
import type { History } from './history';
import { completeness, indentAfter } from './is-complete';
import { matches } from './matches';

/** The requests about code that is not run: completion, hover, is_complete, history. */
export class Assistance {
  constructor(
    private readonly compiler: CellCompiler,
    private readonly history: History,
  ) {}

  /** Type and content of the reply. */
  reply(type: string, content: Content): [type: string, content: Content] {
    const code = textOf(content['code']);
    const cursor = unitsOf(code, typeof content['cursor_pos'] === 'number' ? content['cursor_pos'] : code.length);
    switch (type) {
      case 'complete_request':
        return ['complete_reply', this.#complete(code, cursor)];
      case 'inspect_request':
        return ['inspect_reply', this.#inspect(code, cursor)];
      case 'is_complete_request': {
        const status = completeness(code);
        const indent = status === 'incomplete' ? { indent: indentAfter(code) } : {};
        return ['is_complete_reply', { status, ...indent }];
      }
      default:
        return ['history_reply', this.history.reply(content)];
    }
  }

  #complete(code: string, cursor: number): Content {
    const { start, end, names } = matches(this.compiler.complete(code, cursor), code, cursor);
    return {
      status: 'ok',
      matches: names,
      cursor_start: pointsOf(code, start),
      cursor_end: pointsOf(code, end),
      metadata: {},
    };
  }

  #inspect(code: string, cursor: number): Content {
    // The compiler knows nothing to say behind the last letter of a name.
    const info = this.compiler.inspect(code, cursor) ?? this.compiler.inspect(code, Math.max(0, cursor - 1));
    const data = info ? { 'text/plain': describe(info) } : {};
    return { status: 'ok', found: info !== undefined, data, metadata: {} };
  }
}

/** Type, documentation and tags, as text. */
function describe({ displayParts, documentation, tags = [] }: ts.QuickInfo): string {
  const text = [ts.displayPartsToString(displayParts)];
  if ((documentation?.length ?? 0) > 0 || tags.length > 0) text.push('', ts.displayPartsToString(documentation));
  for (const { name, text: parts } of tags) {
    const said = ts.displayPartsToString(parts);
    if (said !== '') text.push(name === 'example' ? `\n@example\n${said}` : `@${name} ${said}`);
  }
  return text.join('\n');
}
