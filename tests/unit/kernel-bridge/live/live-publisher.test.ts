import { beforeEach, describe, expect, it } from 'vitest';
import type { KernelMessage } from 'stemma';
import { Session } from '../../../../lib/src/recorder/session';
import type { Busy } from '../../../../kernel-bridge/src/live/busy-watch';
import { LivePublisher } from '../../../../kernel-bridge/src/live/live-publisher';
import type { ToMain } from '../../../../kernel-bridge/src/threads/messages';

let asked: ToMain[];
let sent: { [page: string]: string[] };
let closed: { [page: string]: string };
let busy: Busy;
let live: LivePublisher;

/** What a page is sent, in short. */
const short = (data: KernelMessage): string => `${data.type} ${data.seq}`;
/** Why a message could not be served. */
let errors: string[];

beforeEach(() => {
  [asked, sent, closed, errors] = [[], {}, {}, []];
  busy = { cell: null, busySinceMs: null, blockedSinceMs: null };
  live = new LivePublisher({
    post: (message) => asked.push(message),
    send: (page, data) => {
      (sent[page] ??= []).push(short(data));
      if (data.type === 'error') errors.push(data.message);
    },
    close: (page, error) => (closed[page] = error),
    busy: () => busy,
  });
});

const session = () => live.session({ kind: 'session', document: new Session(undefined).document() });
const samples = (artifact: string) => ({ artifact, samples: [], bufferPaths: [], buffers: [] });
const record = (...artifacts: string[]) =>
  live.record({ kind: 'record', createdMs: 0, patch: null, samples: artifacts.map(samples) });

describe('a page', () => {
  it('is sent a snapshot when it opens and when a session begins, each with its own numbers', () => {
    expect(live.open('a', { protocol: 1 })).toBe(true);
    session();
    live.open('b', { protocol: 1 });
    expect(sent).toEqual({ a: ['snapshot 1', 'snapshot 2'], b: ['snapshot 1'] });
  });

  it('of another version is refused with the reason', () => {
    expect(live.open('a', { protocol: 99 })).toBe(false);
    expect(closed).toEqual({ a: 'this kernel speaks version 1 of the protocol, the page asked for 99' });
  });

  it('that asks for a snapshot gets one, and what the kernel is at', () => {
    live.open('a', { protocol: 1 });
    busy = { cell: null, busySinceMs: 1, blockedSinceMs: 2 };
    live.receive('a', { type: 'resync' });
    expect(sent['a']).toEqual(['snapshot 1', 'snapshot 2', 'status 2']);
  });

  it('that pauses hears nothing until it goes on, with a snapshot', () => {
    live.open('a', { protocol: 1 });
    live.receive('a', { type: 'pause' });
    session();
    live.status({ cell: null, busySinceMs: 1, blockedSinceMs: null });
    expect(sent['a']).toEqual(['snapshot 1']);
    expect(asked.at(-1)).toEqual({ kind: 'listeners', count: 0, watched: [] });
    live.receive('a', { type: 'resume' });
    expect(sent['a']).toEqual(['snapshot 1', 'snapshot 2']);
    expect(asked.at(-1)).toEqual({ kind: 'listeners', count: 1, watched: [] });
  });

  it('gets the samples that it watches, those that are known at once', () => {
    session();
    live.open('a', { protocol: 1 });
    record('a1');
    live.receive('a', { type: 'watch', artifacts: ['a1', 'a2'] });
    record('a2', 'a3');
    expect(sent['a']).toEqual(['snapshot 1', 'samples 2', 'samples 3']);
  });

  it('gets the document that it asked for, or why it cannot', () => {
    for (const page of ['a', 'b']) {
      live.open(page, { protocol: 1 });
      live.receive(page, { type: 'document', request: 'r' });
    }
    const [first, second] = asked.flatMap((message) => (message.kind === 'query' ? [message.ticket] : []));
    live.reply({ kind: 'reply', ticket: second!, outcome: { error: 'too large' } });
    live.reply({ kind: 'reply', ticket: first!, outcome: { reply: { document: null } } });
    expect(sent).toEqual({ a: ['snapshot 1', 'document 2'], b: ['snapshot 1', 'error 2'] });
  });

  it('asks for what the table of requests has, and for nothing else', () => {
    live.open('a', { protocol: 1 });
    for (const type of ['document', 'toString', '__proto__']) {
      live.receive('a', { type, request: 'r', other: true });
    }
    const request = { type: 'document', request: 'r' };
    expect(asked.filter(({ kind }) => kind === 'query')).toEqual([{ kind: 'query', ticket: 1, request }]);
  });

  it('that closed is sent nothing more, nor what it asked for', () => {
    live.open('a', { protocol: 1 });
    live.receive('a', { type: 'document', request: 'r' });
    live.close('a');
    live.reply({ kind: 'reply', ticket: 1, outcome: { reply: { document: null } } });
    session();
    expect(sent['a']).toEqual(['snapshot 1']);
  });

  it('gets an error for a malformed message, and an unknown one is ignored', () => {
    live.open('a', { protocol: 1 });
    live.receive('a', { type: 'watch', artifacts: 'no list' });
    live.receive('a', { type: 'of a later version' });
    live.receive('a', 7);
    live.receive('a', { type: 'document', request: 1 });
    expect(sent['a']).toEqual(['snapshot 1', 'error 2', 'error 3', 'error 4']);
    expect(errors).toEqual([
      '"artifacts" of "watch": expected a list of ids, got "no list"',
      'a message must be an object with a "type"',
      '"request" of "document": expected a string, got 1',
    ]);
  });
});
