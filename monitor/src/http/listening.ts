import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { CheckedOptions } from '../options';

/** What responses under way get until their connections are closed. */
const CLOSE_MS = 2_000;

/** Begins to listen, and returns the port. @throws Error with the reason where it cannot. */
export async function listenAt(app: FastifyInstance, listen: CheckedOptions): Promise<number> {
  // For this name fastify would open a second server, without our limits, at its address of IPv6.
  const host = listen.host === 'localhost' ? '127.0.0.1' : listen.host;
  try {
    await app.listen({ host, port: listen.port });
  } catch (error) {
    throw new Error(reasonOf(error as NodeJS.ErrnoException, listen));
  }
  return (app.server.address() as AddressInfo).port;
}

function reasonOf({ code, message }: NodeJS.ErrnoException, { host, port }: CheckedOptions): string {
  const where = `cannot listen on ${host}:${port}`;
  if (code === 'EADDRINUSE') return `${where}: the port is taken; choose another, or leave it out to take a free one`;
  if (code === 'EACCES') return `${where}: not allowed; choose a port from 1024 on`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return `${where}: this machine has no such address`;
  return `${where}: ${message}`;
}

/** Watches the responses of a server, and returns how to close it when those under way are sent. */
export function closerOf(app: FastifyInstance): () => Promise<void> {
  const underWay = new Set<ServerResponse>();
  app.server.on('request', (_, response) => {
    underWay.add(response);
    response.once('close', () => underWay.delete(response));
  });
  return async () => {
    // A client that does not take a response in time must not keep the port.
    const patience = setTimeout(() => app.server.closeAllConnections(), CLOSE_MS);
    // Node takes a connection for idle once a response is written, though most of it may wait to be sent.
    await Promise.all([...underWay].map((response) => once(response, 'close')));
    await app.close();
    clearTimeout(patience);
  };
}
