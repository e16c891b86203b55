/** Runs other programs: their output goes to a log file, and only its end is shown when one fails. */
import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root, stateFolder } from './paths.mjs';
import { Problem } from './say.mjs';

const TAIL_CHARACTERS = 4000;

/** A program that ended with an error. `output` is the end of what it printed. */
export class CommandFailed extends Problem {
  /**
   * @param {string} name
   * @param {string} output
   * @param {string} log
   */
  constructor(name, output, log) {
    const lines = output.trim().split('\n').slice(-15).join('\n');
    super(`${name} failed (all of its output: ${relative(root, log)})\n${lines}`);
    this.output = output;
  }
}

/**
 * @param {string} name what to call it in messages and in the name of its log
 * @param {string[]} command the program and its arguments
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<string>} the end of its output
 */
export function run(name, command, { cwd = root, env = process.env } = {}) {
  const logs = join(stateFolder, 'logs');
  mkdirSync(logs, { recursive: true });
  const log = join(logs, `${name.replace(/\W+/g, '-')}.log`);
  const file = createWriteStream(log);
  let tail = '';
  return new Promise((resolve, reject) => {
    const child = spawn(command[0], command.slice(1), { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        file.write(chunk);
        tail = (tail + chunk).slice(-TAIL_CHARACTERS);
      });
    }
    child.on('error', (error) => reject(new Problem(`${name} could not start: ${error.message}`)));
    child.on('close', (code) => {
      file.end();
      if (code === 0) resolve(tail);
      else reject(new CommandFailed(name, tail, log));
    });
  });
}

/** What npm, pip and apt say where they reach nobody. */
const NETWORK = new RegExp(
  [
    ...['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'ENETUNREACH', 'EHOSTUNREACH'],
    ...['ERR_SOCKET_TIMEOUT', 'UNABLE_TO_[A-Z_]*CERT', 'SELF_SIGNED_CERT', 'CERTIFICATE_VERIFY_FAILED'],
    ...['NewConnectionError', 'NameResolutionError', 'ReadTimeoutError', 'ConnectTimeoutError', 'ProxyError'],
    ...[
      'Temporary failure in name resolution',
      'Temporary failure resolving',
      'Could not resolve',
      'Could not connect to',
    ],
  ].join('|'),
);

/**
 * Explains the failure of an installer that could not reach its registry.
 * @param {unknown} error
 * @param {string} registry
 * @returns {unknown}
 */
export function explainNetwork(error, registry) {
  if (error instanceof CommandFailed && NETWORK.test(error.output)) {
    return new Problem(`${registry} cannot be reached: the first start needs a network, later ones do not.`);
  }
  return error;
}
