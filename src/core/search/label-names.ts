import type { Label } from '../tagging/label.ts';
import { synonyms } from './synonyms.ts';

/** Text as names are compared: case, width and the kind of space do not count. */
export function foldName(text: string): string {
  return text.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();
}

/** What a label is called where another one has the same name. */
export function nameWithSet(name: string, set: string): string {
  return `${name} · ${set}`;
}

/** Words of the longest name that is looked for in a sequence of words. */
const longestName = 6;

/** Labels by everything that people call them: names in both languages, synonyms, plurals. */
export class LabelNames {
  readonly #byName = new Map<string, Label>();
  readonly #bySynonym = new Map<string, Label>();

  /** @param own synonyms that the person gave, by label number */
  constructor(labels: readonly Label[], own: ReadonlyMap<number, readonly string[]> = new Map()) {
    // A model's label comes before an own one of the same name.
    for (const label of [...labels].sort((a, b) => Number(a.own) - Number(b.own))) {
      for (const name of [label.names.en, label.names.zh]) {
        put(this.#byName, foldName(name), label);
        if (label.setName !== undefined) put(this.#byName, foldName(nameWithSet(name, label.setName)), label);
      }
      for (const word of [...(own.get(label.number) ?? []), ...(synonyms[label.id] ?? [])])
        put(this.#bySynonym, foldName(word), label);
    }
  }

  /** The label that is called so, or nearly so (a synonym, a plural); names come before synonyms. */
  find(text: string): Label | undefined {
    const folded = foldName(text);
    for (const name of [folded, ...singulars(folded)]) {
      const label = this.#byName.get(name) ?? this.#bySynonym.get(name);
      if (label !== undefined) return label;
    }
    return undefined;
  }

  /** The label whose name the first words make up, the longest name first, and how many words it takes. */
  findAtStart(words: readonly string[]): { readonly label: Label; readonly words: number } | undefined {
    for (let count = Math.min(longestName, words.length); count > 0; count--) {
      const label = this.find(words.slice(0, count).join(' '));
      if (label !== undefined) return { label, words: count };
    }
    return undefined;
  }

  /** The labels that a text without spaces is made of (`海边的狗` is not, `狗海滩` is), in order; null if it is not. */
  findRun(text: string): readonly Label[] | null {
    const letters = [...foldName(text)];
    if (letters.length < 2 || !letters.every((letter) => /\p{Script=Han}/u.test(letter))) return null;
    const found: Label[] = [];
    for (let at = 0; at < letters.length; ) {
      let end = letters.length;
      let label: Label | undefined;
      for (; end > at && label === undefined; end--) label = this.#exactly(letters.slice(at, end).join(''));
      if (label === undefined) return null;
      found.push(label);
      at = end + 1;
    }
    return found;
  }

  /** Labels that have a synonym which starts with the text, each once, with that synonym. */
  startingWith(text: string): readonly { readonly label: Label; readonly word: string }[] {
    const folded = foldName(text);
    const found = new Map<Label, string>();
    if (folded === '') return [];
    for (const [word, label] of this.#bySynonym)
      if (word.startsWith(folded) && !found.has(label)) found.set(label, word);
    return [...found].map(([label, word]) => ({ label, word }));
  }

  #exactly(name: string): Label | undefined {
    return this.#byName.get(name) ?? this.#bySynonym.get(name);
  }
}

function put(map: Map<string, Label>, name: string, label: Label): void {
  if (name !== '' && !map.has(name)) map.set(name, label);
}

function singulars(name: string): readonly string[] {
  if (name.length < 4 || !/[a-z]s$/.test(name)) return [];
  const forms = [name.slice(0, -1)];
  if (name.endsWith('es')) forms.push(name.slice(0, -2));
  if (name.endsWith('ies')) forms.push(`${name.slice(0, -3)}y`);
  if (name.endsWith('ves')) forms.push(`${name.slice(0, -3)}f`, `${name.slice(0, -3)}fe`);
  return forms;
}
