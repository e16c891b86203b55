/** Free ports on the loopback interface. */
import { createServer } from 'node:net';
import { Problem } from './say.mjs';

const FIRST = 8888;
const TRIES = 50;

/**
 * Why nobody can listen there; null where somebody can.
 * @param {number} port
 * @returns {Promise<string | null>}
 */
function obstacle(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (/** @type {NodeJS.ErrnoException} */ { code, message }) =>
      resolve(
        code === 'EADDRINUSE'
          ? 'is taken'
          : code === 'EACCES'
            ? 'may be used by administrators only'
            : `fails (${message})`,
      ),
    );
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(null)));
  });
}

/**
 * A port that the system has just given out: so tests that run side by side do not choose the same one.
 * @returns {Promise<number>}
 */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port: 0, host: '127.0.0.1' }, () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
      server.close(() => resolve(port));
    });
  });
}

/**
 * The port that the user asked for, which must be free, or else the first free one from 8888 on.
 * @param {string | undefined} wish
 * @returns {Promise<number>}
 */
export async function choosePort(wish) {
  if (wish !== undefined) {
    const port = Number(wish);
    if (!Number.isInteger(port) || port < 1 || port > 65535)
      throw new Problem(`"${wish}" is not a port: use a number from 1 to 65535.`);
    const reason = await obstacle(port);
    if (reason !== null) throw new Problem(`port ${port} ${reason}: choose another with \`npm start -- --port N\`.`);
    return port;
  }
  for (let port = FIRST; port < FIRST + TRIES; port++) {
    if ((await obstacle(port)) === null) return port;
  }
  throw new Problem(`no free port from ${FIRST} to ${FIRST + TRIES - 1}: choose one with \`npm start -- --port N\`.`);
}
