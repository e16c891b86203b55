import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { addressOf, readConnection } from '../../../../kernel-bridge/src/wire/connection';
import { temporaryFolder } from '../../../support/temporary-folder';

const path = join(temporaryFolder(), 'connection.json');
const ports = { shell_port: 1, iopub_port: 2, stdin_port: 3, control_port: 4, hb_port: 5 };

function read(file: object) {
  writeFileSync(path, JSON.stringify(file));
  return readConnection(path);
}

describe('a connection file', () => {
  it('names addresses for tcp, and for ipc', () => {
    const tcp = read({ ...ports, transport: 'tcp', ip: '127.0.0.1', key: 'k', signature_scheme: 'hmac-sha256' });
    expect(tcp).toEqual({ transport: 'tcp', ip: '127.0.0.1', key: 'k', ports });
    expect(addressOf(tcp, 'hb_port')).toBe('tcp://127.0.0.1:5');
    expect(addressOf(read({ ...ports, transport: 'ipc', ip: '/tmp/k' }), 'shell_port')).toBe('ipc:///tmp/k-1');
  });

  it.each([
    ['no JSON object', []],
    ['unknown transport "udp"', { ...ports, transport: 'udp' }],
    ['"ip" and "key" must be strings', { ...ports, ip: 7 }],
    ['unknown signature scheme "md5"', { ...ports, key: 'k', signature_scheme: 'md5' }],
    ['"stdin_port" must be a number', { ...ports, stdin_port: '3' }],
  ])('is refused with the reason: %s', (reason, file) => {
    expect(() => read(file)).toThrow(`connection file "${path}": ${reason}`);
  });
});
