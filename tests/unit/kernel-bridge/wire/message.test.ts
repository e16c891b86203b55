import { describe, expect, it } from 'vitest';
import { Codec, type Frame, UnreadableMessage } from '../../../../kernel-bridge/src/wire/message';

const codec = new Codec('secret');
const client = Buffer.from('client');
/** As they arrive at a client. */
const received = (frames: Frame[]): Uint8Array[] => frames.map((frame) => Buffer.from(frame as string));
const bytes = Buffer.from([0, 255]);

describe('a message', () => {
  it('is the same after encoding and decoding, with routing and buffers', () => {
    const parent = { msg_id: 'm1', msg_type: 'execute_request', session: 's', unknown: true };
    const frames = received(
      codec.encode('execute_reply', '{"status":"ok"}', parent, { idents: [client], buffers: [bytes] }),
    );
    const decoded = codec.decode(frames);
    expect(decoded).toMatchObject({ idents: [client], metadata: {}, content: { status: 'ok' }, buffers: [bytes] });
    expect(decoded.header).toMatchObject({ msg_type: 'execute_reply', session: codec.session, version: '5.5' });
    expect(JSON.parse(Buffer.from(frames[4]!).toString())).toEqual(parent);
  });

  it('has an id of its own, and the session that all have', () => {
    const headers = [1, 2].map(() => codec.decode(received(codec.encode('status', '{}', null, {}))).header);
    expect(new Set(headers.map(({ msg_id: id }) => id)).size).toBe(2);
    expect(new Set(headers.map(({ session }) => session))).toEqual(new Set([codec.session]));
  });

  it('is refused where it was signed with another key, or changed', () => {
    expect(() => codec.decode(received(new Codec('other').encode('status', '{}', null, {})))).toThrow(
      'wrong signature',
    );
    const frames = received(codec.encode('status', '{"execution_state":"idle"}', null, {}));
    frames[5] = Buffer.from('{"execution_state":"busy"}');
    expect(() => codec.decode(frames)).toThrow('wrong signature');
  });

  it('is not signed where the key is empty', () => {
    const open = new Codec('');
    const frames = received(open.encode('status', '{}', null, {}));
    expect(frames[1]).toHaveLength(0);
    expect(open.decode(frames).header.msg_type).toBe('status');
  });

  it.each([
    ['no <IDS|MSG> delimiter', []],
    ['only 1 of 4 parts', ['<IDS|MSG>', '', '{}']],
    ['the header has no msg_id, msg_type or session', ['<IDS|MSG>', '', '{}', '{}', '{}', '{}']],
    ['metadata or content is not an object', ['<IDS|MSG>', '', headerText(), '{}', '{}', '[]']],
    ['its header has more than 1000 levels', ['<IDS|MSG>', '', nested(200_000), '{}', '{}', '{}']],
    ['its content has more than 1000 levels', ['<IDS|MSG>', '', headerText(), '{}', '{}', `{"a":${nested(1_000)}}`]],
    ['its metadata is not JSON', ['<IDS|MSG>', '', headerText(), '{}', '{', '{}']],
  ])('says %s', (reason, frames) => {
    expect(() => new Codec('').decode(frames.map((frame) => Buffer.from(frame)))).toThrow(reason);
  });
});

describe('a message that came before', () => {
  it('is refused, whatever its routing and buffers', () => {
    const frames = received(codec.encode('execute_request', '{"code":"1"}', null, { buffers: [bytes] }));
    expect(codec.decode(frames).header.msg_type).toBe('execute_request');
    expect(() => codec.decode(frames)).toThrow('the same message came before');
    expect(() => codec.decode([client, ...frames.slice(0, -1)])).toThrow('the same message came before');
  });

  it('is not known where nothing is signed', () => {
    const open = new Codec('');
    const frames = received(open.encode('status', '{}', null, {}));
    expect(open.decode(frames)).toEqual(open.decode(frames));
  });
});

describe('a message of which only the header can be read', () => {
  it('says whom to tell', () => {
    const frames = ['client', '<IDS|MSG>', '', headerText(), '{}', '{}', nested(1_001)].map((text) =>
      Buffer.from(text),
    );
    const open = new Codec('');
    expect(() => open.decode(frames)).toThrow(UnreadableMessage);
    expect(() => open.decode(frames)).toThrow(
      expect.objectContaining({ header: JSON.parse(headerText()) as unknown, idents: [client] }),
    );
  });

  it('counts no brackets in texts', () => {
    const text = JSON.stringify({ code: `"\\"${'['.repeat(5_000)}` });
    const frames = ['<IDS|MSG>', '', headerText(), '{}', '{}', text].map((frame) => Buffer.from(frame));
    expect(new Codec('').decode(frames).content).toEqual(JSON.parse(text));
  });
});

function headerText(): string {
  return JSON.stringify({ msg_id: 'm', msg_type: 't', session: 's' });
}

function nested(levels: number): string {
  return '['.repeat(levels) + ']'.repeat(levels);
}
