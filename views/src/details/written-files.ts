import { type Artifact, formatCount, type WrittenFile } from 'stemma-document';
import type { Translate, ViewContext } from '../elements/context';
import { h, type View } from '../elements/dom';
import { FactList, section } from '../elements/section';
import { whenChanged } from '../elements/when-changed';
import { formatBytes } from '../format/bytes';
import { hashText } from './hash-text';

/** How many places are listed; a run writes to more only where many processes share it. */
const SHOWN = 50;

/** The files that were written: path, size and hashes of each. Nothing where none was. */
export function writtenFiles(
  host: HTMLElement,
  { trans }: ViewContext,
  artifacts: () => readonly (Artifact | undefined)[],
): View {
  const files = (): WrittenFile[] => artifacts().flatMap((artifact) => artifact?.execution.written ?? []);
  return whenChanged(
    () => JSON.stringify(files()),
    () => {
      const all = files();
      const more = all.length - SHOWN;
      host.replaceChildren(
        ...all.slice(0, SHOWN).map((file) => section(trans.__('Written: %1', file.path), factsOf(file, trans))),
        ...(more > 0 ? [h('p', 'stemma-Hint', trans.__('and %1 more', formatCount(more)))] : []),
      );
    },
  );
}

function factsOf({ path, items, files, bytes, sha256, md5 }: WrittenFile, trans: Translate): HTMLElement {
  const facts = new FactList();
  facts.set(trans.__('path'), h('code', '', path));
  facts.set(trans.__('items'), items === undefined ? null : formatCount(items));
  facts.set(trans.__('files'), files === 1 ? null : formatCount(files));
  facts.set(trans.__('size'), formatBytes(bytes));
  facts.set('SHA-256', hashText(sha256));
  facts.set(trans.__('MD5, as in DVC'), hashText(md5));
  return facts.element;
}
