/** What keeps a photo apart from others: those that have a key of it, too, and another value there. */
export type ApartBy = ReadonlyMap<string, string>;

interface Group {
  /** Among the groups of its place. */
  readonly number: number;
  readonly photos: number[];
  /** Of all its photos. */
  readonly values: Map<string, string>;
}

const nothing: ApartBy = new Map();

/**
 * Photos of the same bytes in groups of two or more, in order of the first of each: a photo joins the first group of its
 * place in which none is that it is kept apart from. What joining pairs comes to where all pairs score the same (see
 * [Note: Groups by verified pairs]), without going through the pairs: of thousands of equal files there are millions.
 *
 * @param placeOf only those of equal places meet
 * @param apartBy null: nothing keeps it apart
 */
export function groupCopies<Photo extends number>(
  photos: readonly Photo[],
  placeOf: (photo: Photo) => string,
  apartBy: (photo: Photo) => ApartBy | null,
): Photo[][] {
  const places = new Map<string, Place>();
  const groups: Group[] = [];
  for (const photo of photos) {
    const name = placeOf(photo);
    const place = places.get(name) ?? new Place();
    places.set(name, place);
    const [group, isNew] = place.add(photo, apartBy(photo) ?? nothing);
    if (isNew) groups.push(group);
  }
  return groups.map((group) => group.photos as Photo[]).filter(({ length }) => length > 1);
}

/** The groups of one place, looked up by what is in them. */
class Place {
  readonly #groups: Group[] = [];
  /** By key: all groups before this one have a value there. */
  readonly #from = new Map<string, number>();
  /** By key and value: numbers of the groups that have it, ascending. */
  readonly #having = new Map<string, number[]>();

  /** @returns the group that it is in now, and whether that is a new one */
  add(photo: number, apart: ApartBy): readonly [Group, boolean] {
    const found = this.#firstFor(apart);
    const group: Group = found ?? { number: this.#groups.length, photos: [], values: new Map() };
    if (found === null) this.#groups.push(group);
    group.photos.push(photo);
    for (const [key, value] of apart) {
      if (group.values.has(key)) continue;
      group.values.set(key, value);
      const having = this.#having.get(together(key, value)) ?? [];
      this.#having.set(together(key, value), having);
      having.push(group.number);
      if (having.length > 1 && having.at(-2)! > group.number) having.sort((a, b) => a - b);
      let from = this.#from.get(key) ?? 0;
      while (this.#groups[from]?.values.has(key)) from++;
      this.#from.set(key, from);
    }
    return [group, found === null];
  }

  #firstFor(apart: ApartBy): Group | null {
    // Before this one only groups with the very same value can do.
    let from = 0;
    let same: readonly number[] = [];
    for (const [key, value] of apart) {
      const first = this.#from.get(key) ?? 0;
      if (first <= from) continue;
      from = first;
      same = this.#having.get(together(key, value)) ?? [];
    }
    for (const number of same) {
      if (number >= from) break;
      if (fits(this.#groups[number]!, apart)) return this.#groups[number]!;
    }
    for (let number = from; number < this.#groups.length; number++) {
      if (fits(this.#groups[number]!, apart)) return this.#groups[number]!;
    }
    return null;
  }
}

function fits({ values }: Group, apart: ApartBy): boolean {
  for (const [key, value] of apart) if ((values.get(key) ?? value) !== value) return false;
  return true;
}

function together(key: string, value: string): string {
  return `${key}\0${value}`;
}
