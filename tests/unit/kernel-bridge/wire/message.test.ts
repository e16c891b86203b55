import { describe, expect, it } from 'vitest';
import { Codec, type Frame } from 'stemma-kernel/dist/wire/message.js';

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
    ['metadata or content is no object', ['<IDS|MSG>', '', headerText(), '{}', '{}', '[]']],
  ])('says %s', (reason, frames) => {
    expect(() => new Codec('').decode(frames.map((frame) => Buffer.from(frame)))).toThrow(reason);
  });
});

function headerText(): string {
  return JSON.stringify({ msg_id: 'm', msg_type: 't', session: 's' });
}
