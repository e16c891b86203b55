import type { Extensions, ProvenanceDocument } from '../model/document';
import type { Problem } from './check-schema';
import { memberPath } from '../json/json-path';

/** A reversed domain with at least one name below it, or a URL. */
const NAME = /^[a-z][a-z0-9-]*(\.[\w-]+)+$|^https?:\/\/\S+$/i;
const URL_LIKE = /^[a-z][a-z0-9+.-]*:\S+$/i;

/** What a schema of JSON cannot say: the names of extensions are namespaced, and their schemas' URLs are absolute. */
export function checkExtensions({ extensions, ...document }: ProvenanceDocument): Problem | null {
  let problem = check(extensions, 'extensions');
  for (const list of ['processes', 'artifacts', 'runs'] as const)
    document[list].forEach((entry, index) => (problem ??= check(entry.extensions, `${list}[${index}].extensions`)));
  return problem;
}

function check(extensions: Extensions | undefined, path: string): Problem | null {
  for (const [name, { schemaUrl }] of Object.entries(extensions ?? {})) {
    const at = memberPath(path, name);
    if (!NAME.test(name))
      return {
        path: at,
        message: `expected a reversed domain such as "org.example.cost" or a URL as name, got "${name}"`,
      };
    if (!URL_LIKE.test(schemaUrl))
      return { path: `${at}.schemaUrl`, message: `expected an absolute URL, got ${JSON.stringify(schemaUrl)}` };
  }
  return null;
}
