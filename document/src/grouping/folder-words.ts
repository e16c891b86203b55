import type { GraphNode, GraphSource } from './visible';

/**
 * The name of the folder from which all items of a node come, for nodes whose items come from one: the word in which
 * the labels of steps differ that a loop makes for each class ("Load class daisy", "Load class iris").
 */
export function folderWords(nodes: readonly GraphNode[], { processes }: GraphSource): ReadonlyMap<string, string> {
  const words = new Map<string, string>();
  for (const { id, parents } of nodes) {
    const path = parents.length === 0 ? processes.get(id)?.options.path : undefined;
    const word =
      typeof path === 'string'
        ? path
            .split(/[\\/]+/)
            .filter((part) => part !== '')
            .at(-1)
        : parents.length === 1
          ? words.get(parents[0] as string)
          : undefined;
    if (word !== undefined) {
      words.set(id, word);
    }
  }
  return words;
}

/** A label with `#` in the place of a word, where it stands for itself. */
export function withoutWord(label: string, word: string): string {
  const parts = label.split(word);
  const isLetter = (letter: string | undefined): boolean => letter !== undefined && /[\p{L}\p{N}]/u.test(letter);
  return parts.reduce((text, part, i) => {
    const isPartOfWord = i > 0 && (isLetter(parts[i - 1]?.at(-1)) || isLetter(part[0]));
    return i === 0 ? part : `${text}${isPartOfWord ? word : '#'}${part}`;
  }, '');
}
