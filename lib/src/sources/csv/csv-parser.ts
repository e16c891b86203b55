import { ownText } from '../text/own-text';
import { trimSpaces } from '../text/spaces';
import { type CsvRows, type CsvSyntax, CsvSyntaxError } from './csv-syntax';

const [LF, CR, SPACE, TAB] = [10, 13, 32, 9];
/** A field for which V8 has no text any more is an unclosed quote rather than a value. */
const LONGEST_FIELD = 2 ** 28;

/** Where in the text the parser is. */
type State = 'skipped line' | 'row' | 'field' | 'plain' | 'quoted' | 'closed';

/**
 * Takes CSV apart, a piece of text at a time. Lines end with `\n`, `\r\n` or `\r`, mixed or not; a quote within a plain
 * field is one of its characters, as in Python and pandas. Each character is looked at once, however the text was cut
 * into pieces.
 */
export class CsvParser {
  #state: State;
  #skip: number;
  #line = 1;
  /** Where the row, and its last field, began. */
  #rowLine = 1;
  #fieldLine = 1;
  #fields: string[] = [];
  /** What there is of a field whose end is yet to come. */
  #pieces: string[] = [];
  #length = 0;
  /** The end of a piece of text, which only the next one explains: half of `\r\n`, of a delimiter, of two quotes. */
  #rest = '';
  readonly #ahead: number;
  readonly #delimiter: number;
  readonly #quote: number;
  readonly #escape: number;
  #found: CsvRows = { rows: [], lines: [] };

  constructor(private readonly syntax: CsvSyntax) {
    const { delimiter, quote, escape, comment, skipLines } = syntax;
    // What an escape takes the meaning from is a character further.
    this.#ahead = Math.max(2, delimiter.length, comment?.length ?? 0) - (escape === quote ? 1 : 0);
    this.#delimiter = delimiter.charCodeAt(0);
    this.#quote = quote?.charCodeAt(0) ?? -1;
    this.#escape = quote === escape ? -1 : (escape?.charCodeAt(0) ?? -1);
    this.#skip = skipLines;
    this.#state = skipLines > 0 ? 'skipped line' : 'row';
  }

  /** The rows that end in the next piece of the text. @throws CsvSyntaxError */
  parse(text: string): CsvRows {
    const whole = this.#rest + text;
    const at = this.#read(whole, whole.length - this.#ahead);
    this.#rest = whole.slice(at);
    return this.take();
  }

  /** The rows at the end of the text. @throws CsvSyntaxError */
  end(): CsvRows {
    this.#read(this.#rest, this.#rest.length);
    this.#rest = '';
    if (this.#state === 'quoted')
      throw new CsvSyntaxError(
        this.#fieldLine,
        'the quoted field that begins here is never closed; if quotes are ordinary characters in this file, pass quote: false',
      );
    if (this.#state !== 'row' && this.#state !== 'skipped line') this.#endRow();
    return this.take();
  }

  /** The rows that were found since they were last taken: after an error, those before it. */
  take(): CsvRows {
    const found = this.#found;
    this.#found = { rows: [], lines: [] };
    return found;
  }

  /** Reads from the beginning of `text` to `end`, or a little further; returns how far. */
  #read(text: string, end: number): number {
    let at = 0;
    while (at < end) {
      switch (this.#state) {
        case 'skipped line':
          at = this.#skipLine(text, at, end);
          break;
        case 'row':
          at = this.#beginRow(text, at);
          break;
        case 'field':
          at = this.#beginField(text, at);
          break;
        case 'plain':
          at = this.#plain(text, at, end);
          break;
        case 'quoted':
          at = this.#quoted(text, at, end);
          break;
        case 'closed':
          at = this.#closed(text, at);
      }
    }
    return at;
  }

  #skipLine(text: string, from: number, end: number): number {
    for (let at = from; at < end; at++) {
      const lineEnd = lineEndAt(text, at);
      if (lineEnd === 0) continue;
      this.#line++;
      if (this.#skip === 0 || --this.#skip === 0) this.#state = 'row';
      return at + lineEnd;
    }
    return end;
  }

  #beginRow(text: string, at: number): number {
    const { comment, skipBlankLines } = this.syntax;
    const lineEnd = skipBlankLines ? lineEndAt(text, at) : 0;
    if (lineEnd > 0) {
      this.#line++;
      return at + lineEnd;
    }
    this.#state = comment !== null && text.startsWith(comment, at) ? 'skipped line' : 'field';
    this.#rowLine = this.#line;
    return at;
  }

  #beginField(text: string, from: number): number {
    let at = from;
    const first = text.charCodeAt(at);
    if (this.syntax.trim && (first === SPACE || first === TAB) && !this.#isDelimiter(text, at)) return at + 1;
    this.#fieldLine = this.#line;
    this.#state = 'plain';
    if (first === this.#quote) {
      this.#state = 'quoted';
      at++;
    }
    return at;
  }

  #plain(text: string, from: number, end: number): number {
    const [delimiter, escape] = [this.#delimiter, this.#escape];
    for (let at = from; at < end; at++) {
      const code = text.charCodeAt(at);
      if (code === delimiter && this.#isDelimiter(text, at)) {
        this.#endField(text.slice(from, at));
        return at + this.syntax.delimiter.length;
      }
      if (code === LF || code === CR) {
        this.#endField(text.slice(from, at));
        return this.#endLine(text, at);
      }
      if (code === escape) return this.#escaped(text, from, at);
    }
    this.#add(text.slice(from, end));
    return end;
  }

  #quoted(text: string, from: number, end: number): number {
    const { quote } = this.syntax;
    const isDoubled = this.#escape === -1;
    let at = isDoubled ? text.indexOf(quote!, from) : this.#quoteOrEscape(text, from);
    if (at === -1 || at >= end) at = end;
    const piece = text.slice(from, at);
    this.#line += countLines(text, from, at);
    if (at === end) {
      this.#add(piece);
      return end;
    }
    if (text.charCodeAt(at) === this.#escape) return this.#escaped(text, from, at);
    if (isDoubled && text.charCodeAt(at + 1) === this.#quote) {
      this.#add(text.slice(from, at + 1));
      return at + 2;
    }
    this.#add(piece);
    this.#state = 'closed';
    return at + 1;
  }

  #quoteOrEscape(text: string, from: number): number {
    for (let at = from; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === this.#quote || code === this.#escape) return at;
    }
    return -1;
  }

  /** What follows the escape at `at` has no meaning of its own. */
  #escaped(text: string, from: number, at: number): number {
    const next = text.charCodeAt(at + 1);
    const delimiter = this.#isDelimiter(text, at + 1) ? this.syntax.delimiter.length : 0;
    const special = next === this.#quote || next === this.#escape ? 1 : 0;
    const length = delimiter || special || lineEndAt(text, at + 1);
    const end = at + 1 + length;
    this.#add(text.slice(from, length > 0 ? at : end) + text.slice(at + 1, end));
    this.#line += countLines(text, at + 1, end);
    return end;
  }

  /** Behind the quote that closes a field. */
  #closed(text: string, at: number): number {
    const code = text.charCodeAt(at);
    if (this.#isDelimiter(text, at)) {
      this.#endField('');
      return at + this.syntax.delimiter.length;
    }
    if (code === LF || code === CR) {
      this.#endField('');
      return this.#endLine(text, at);
    }
    if (this.syntax.trim && (code === SPACE || code === TAB)) return at + 1;
    if (!this.syntax.relaxQuotes)
      throw new CsvSyntaxError(
        this.#line,
        `expected the delimiter or the end of the line behind a quoted field, got ${JSON.stringify(String.fromCodePoint(text.codePointAt(at)!))}; ` +
          'pass relaxQuotes: true to have it as a part of the field, or quote: false if quotes are ordinary characters in this file',
      );
    this.#state = 'plain';
    return at;
  }

  #isDelimiter(text: string, at: number): boolean {
    const { delimiter } = this.syntax;
    return delimiter.length === 1 ? text.charCodeAt(at) === this.#delimiter : text.startsWith(delimiter, at);
  }

  #add(piece: string): void {
    this.#length += piece.length;
    if (this.#length > LONGEST_FIELD)
      throw new CsvSyntaxError(
        this.#fieldLine,
        `the field that begins here has more than ${LONGEST_FIELD} characters; is a quote missing?`,
      );
    this.#pieces.push(piece);
  }

  #endField(last: string): void {
    let field = last;
    const wasClosed = this.#state === 'closed';
    if (this.#pieces.length > 0) {
      field = this.#pieces.join('') + last;
      this.#pieces = [];
      this.#length = 0;
    }
    this.#fields.push(ownText(this.syntax.trim && !wasClosed ? trimSpaces(field) : field));
    this.#state = 'field';
  }

  #endLine(text: string, at: number): number {
    this.#endRowAfterField();
    this.#line++;
    return at + lineEndAt(text, at);
  }

  #endRow(): void {
    this.#endField('');
    this.#endRowAfterField();
  }

  #endRowAfterField(): void {
    this.#found.rows.push(this.#fields);
    this.#found.lines.push(this.#rowLine);
    this.#fields = [];
    this.#state = 'row';
  }
}

/** How long the end of a line at `at` is; 0 where there is none. */
function lineEndAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code === LF) return 1;
  return code === CR ? (text.charCodeAt(at + 1) === LF ? 2 : 1) : 0;
}

function countLines(text: string, from: number, end: number): number {
  let lines = 0;
  for (let at = from; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === LF || (code === CR && text.charCodeAt(at + 1) !== LF)) lines++;
  }
  return lines;
}
