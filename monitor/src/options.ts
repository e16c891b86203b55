import { isIP } from 'node:net';
import { hostname, networkInterfaces } from 'node:os';
import { checkOptions as checkKnown, checkTexts, inWords, type OptionTypes } from 'stemma/arguments';

/** Key and certificate as PEM. */
export interface TlsOptions {
  key: string;
  cert: string;
}

/** How a monitor listens. All have a default: `monitor.start()` listens on a free port of this machine only. */
export interface MonitorOptions {
  /** A free one by default. */
  port?: number;
  /** Address or name to listen on; `127.0.0.1` by default. Any that other machines can reach needs `tls`. */
  host?: string;
  /** What a client must show: at least 16 of the characters `A-Z a-z 0-9 - . _ ~ + /`. A random one by default. */
  token?: string;
  tls?: TlsOptions;
  /** Names under which clients reach it beside those of this machine, e.g. that of a proxy: others are refused. */
  allowedHosts?: string[];
  /** Whether the process stays alive for the monitor alone, until `stop()`. Not by default. */
  keepAlive?: boolean;
}

export interface CheckedOptions {
  port: number;
  host: string;
  token: string | null;
  tls: TlsOptions | null;
  allowedHosts: string[];
  keepAlive: boolean;
}

const OPTIONS: OptionTypes<MonitorOptions> = {
  port: 'any',
  host: 'text',
  token: 'text',
  tls: 'any',
  allowedHosts: 'list',
  keepAlive: 'boolean',
};

const MIN_TOKEN = 16;
const LOOPBACK_NAMES = ['localhost', '127.0.0.1', '::1'];

/** @throws TypeError or RangeError that says which option is wrong, and Error where listening would not be safe. */
export function checkOptions(options: MonitorOptions = {}): CheckedOptions {
  checkKnown(options, 'monitor.start', OPTIONS);
  const { port = 0, host = '127.0.0.1', token = null, tls = null, allowedHosts = [], keepAlive = false } = options;
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new RangeError(
      `invalid port of monitor.start: expected a whole number from 0 to 65535 (0 takes a free one), got ${inWords(port)}`,
    );
  if (host === '') throw new TypeError('invalid host of monitor.start: expected a name or an address, got ""');
  checkTexts([...allowedHosts], 'allowedHosts of monitor.start');
  if (token !== null && (!/^[A-Za-z0-9\-._~+/]+=*$/.test(token) || token.length < MIN_TOKEN))
    throw new TypeError(
      `invalid token: at least ${MIN_TOKEN} of A-Z a-z 0-9 - . _ ~ + / (leave it out for a random one)`,
    );
  if (tls !== null) {
    checkKnown(tls, 'tls', { key: 'text', cert: 'text' });
    if (tls.key === undefined || tls.cert === undefined)
      throw new TypeError('invalid tls of monitor.start: expected { key, cert } as PEM texts, of which one is missing');
  }
  if (tls === null && !isLoopback(host))
    throw new Error(
      `refusing to listen on ${host} without TLS: other machines could read the token and the data on their way; ` +
        'give `tls: {key, cert}`, or leave `host` out and reach this machine through an SSH tunnel',
    );
  return { port, host, token, tls, allowedHosts, keepAlive };
}

export function isLoopback(host: string): boolean {
  return LOOPBACK_NAMES.includes(host.toLowerCase()) || (isIP(host) === 4 && host.startsWith('127.'));
}

/** Names that a Host header may have. */
export function namesOf({ host, allowedHosts }: CheckedOptions): string[] {
  // No other site can make a browser send one of these: an address needs no name server that could lie.
  const addresses = Object.values(networkInterfaces()).flatMap((all = []) => all.map(({ address }) => address));
  const own = isLoopback(host) ? [] : [hostname(), ...addresses];
  return [...LOOPBACK_NAMES, ...own, host, ...allowedHosts].map((name) => name.toLowerCase());
}

/** The host in the address that people open: all addresses together have no name but the machine's. */
export function publicHost({ host }: CheckedOptions): string {
  if (host === '0.0.0.0' || host === '::') return hostname();
  return host.includes(':') ? `[${host}]` : host;
}
