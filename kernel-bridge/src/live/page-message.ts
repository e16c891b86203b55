import type { PageMessage } from 'stemma';
import { isObject } from '../wire/message';

/** What a page sent, checked; null for a type that we do not know, which is ignored. Throws where a known one is malformed. */
export function parsePageMessage(data: unknown): PageMessage | null {
  if (!isObject(data)) throw new Error('a message must be an object with a "type"');
  switch (data['type']) {
    case 'resync':
    case 'pause':
    case 'resume':
      return { type: data['type'] };
    case 'watch': {
      const { artifacts } = data;
      if (!Array.isArray(artifacts) || !artifacts.every((id): id is string => typeof id === 'string')) {
        throw new Error('"watch" needs "artifacts", a list of ids');
      }
      return { type: 'watch', artifacts };
    }
    case 'document':
      if (typeof data['request'] !== 'string') throw new Error('"document" needs "request", a string');
      return { type: 'document', request: data['request'] };
    default:
      return null;
  }
}
