import { readFileSync } from 'node:fs';
import { isObject } from './message';

const PORTS = ['shell_port', 'iopub_port', 'stdin_port', 'control_port', 'hb_port'] as const;

export type PortName = (typeof PORTS)[number];

/** The connection file that Jupyter writes for each kernel. */
export interface Connection {
  transport: string;
  ip: string;
  key: string;
  ports: Record<PortName, number>;
}

/** Reads and checks a connection file. Throws with the field that is wrong. */
export function readConnection(path: string): Connection {
  const file: unknown = JSON.parse(readFileSync(path, 'utf8'));
  const fail = (what: string): never => {
    throw new Error(`connection file "${path}": ${what}`);
  };
  if (!isObject(file)) return fail('no JSON object');
  const { transport = 'tcp', ip = '127.0.0.1', key = '', signature_scheme: scheme = 'hmac-sha256' } = file;
  if (transport !== 'tcp' && transport !== 'ipc') return fail(`unknown transport ${JSON.stringify(transport)}`);
  if (typeof ip !== 'string' || typeof key !== 'string') return fail('"ip" and "key" must be strings');
  if (key !== '' && scheme !== 'hmac-sha256') return fail(`unknown signature scheme ${JSON.stringify(scheme)}`);
  const ports = {} as Connection['ports'];
  for (const name of PORTS) {
    const port = file[name];
    if (typeof port !== 'number') return fail(`"${name}" must be a number`);
    ports[name] = port;
  }
  return { transport, ip, key, ports };
}

/** Where a socket binds. */
export function addressOf({ transport, ip, ports }: Connection, name: PortName): string {
  return transport === 'ipc' ? `ipc://${ip}-${ports[name]}` : `tcp://${ip}:${ports[name]}`;
}
