import * as path from 'node:path';
import { anonymousFolder } from './privacy';

const SCP = /^(?:(?<user>.+)@)?(?<host>[^@:/\\]+|\[[^\]]+\]):(?<rest>.+)$/;
const LOCAL = /^(?:[./~]|[A-Za-z]:[\\/])/;

/**
 * The address of a git remote without what is nobody's business: passwords, tokens, queries and names of users, but for
 * the `git` that hosts of repositories ask for. Null for addresses of a form that is not known, in which any part may
 * be secret.
 */
export function publicRemote(address: string): string | null {
  if (/^[^/]*::/.test(address)) return null;
  if (address.includes('://')) return publicUrl(address);
  if (LOCAL.test(address) || path.isAbsolute(address)) return anonymousFolder(address);
  const { user, host, rest } = SCP.exec(address)?.groups ?? {};
  if (host === undefined || rest === undefined) return null;
  return `${user === 'git' ? 'git@' : ''}${host}:${anonymousFolder(rest)}`;
}

function publicUrl(address: string): string | null {
  try {
    const url = new URL(address);
    if (url.username !== 'git') url.username = '';
    url.password = url.search = url.hash = '';
    return anonymousFolder(url.href);
  } catch {
    return null;
  }
}
