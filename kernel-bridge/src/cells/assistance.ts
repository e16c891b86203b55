import { printQuickInfo } from 'tslab/dist/inspect';
import type { Tslab } from '../compiler/load-tslab';
import type { Content } from '../wire/message';
import { pointsOf, unitsOf } from './code-points';
import type { History } from './history';
import { completeness } from './is-complete';

/** The requests about code that is not run: completion, hover, is_complete, history. */
export class Assistance {
  constructor(
    private readonly tslab: Tslab,
    private readonly history: History,
  ) {}

  /** Type and content of the reply. */
  answer(type: string, content: Content): [type: string, content: Content] {
    const code = String(content['code'] ?? '');
    const cursor = unitsOf(code, typeof content['cursor_pos'] === 'number' ? content['cursor_pos'] : code.length);
    switch (type) {
      case 'complete_request':
        return ['complete_reply', this.#complete(code, cursor)];
      case 'inspect_request':
        return ['inspect_reply', this.#inspect(code, cursor)];
      case 'is_complete_request': {
        const status = completeness(this.tslab.ts, code);
        const indent = status === 'incomplete' ? { indent: this.tslab.indentAfter(code) } : {};
        return ['is_complete_reply', { status, ...indent }];
      }
      default:
        return ['history_reply', this.history.reply(content)];
    }
  }

  #complete(code: string, cursor: number): Content {
    const { start, end, candidates } = this.tslab.executor.complete(code, cursor);
    return {
      status: 'ok',
      matches: candidates,
      cursor_start: pointsOf(code, start),
      cursor_end: pointsOf(code, end),
      metadata: {},
    };
  }

  #inspect(code: string, cursor: number): Content {
    // The compiler knows nothing to say behind the last letter of a name.
    const { executor } = this.tslab;
    const info = executor.inspect(code, cursor) ?? executor.inspect(code, Math.max(0, cursor - 1));
    const data = info ? { 'text/plain': printQuickInfo(info) } : {};
    return { status: 'ok', found: Boolean(info), data, metadata: {} };
  }
}
