import type { Catalogue } from './catalogue.ts';
import type { PhotoId } from './photo.ts';
import { foldText } from './query-photos.ts';

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Photos that are there, found by what a file of labels calls them: a path, the end of one, or a bare name. */
export class PhotosByName {
  readonly #byName = new Map<string, PhotoId[]>();
  readonly #catalogue: Catalogue;

  constructor(catalogue: Catalogue) {
    this.#catalogue = catalogue;
    const { table } = catalogue;
    for (const id of table.ids()) {
      if (table.columns.removedAt[id] !== 0) continue;
      const key = foldText(table.name(id));
      const known = this.#byName.get(key);
      if (known === undefined) this.#byName.set(key, [id]);
      else known.push(id);
    }
  }

  /** Empty: none. Several photos of one name are one photo if their bytes are the same; else the name is ambiguous. */
  find(called: string): { readonly photos: readonly PhotoId[]; readonly ambiguous: boolean } {
    const path = foldText(called.replaceAll('\\', '/').replace(/^\.?\//, ''));
    const named = this.#byName.get(baseName(path)) ?? this.#withoutExtension(path);
    const { table } = this.#catalogue;
    const lying = named.filter((id) => {
      const own = foldText(table.path(id) ?? table.name(id));
      return own === path || own.endsWith(`/${path}`);
    });
    const photos = path.includes('/') && lying.length > 0 ? lying : named;
    const contents = new Set(photos.map((id) => table.contentOf(id)));
    return { photos, ambiguous: photos.length > 1 && (contents.size > 1 || contents.has(null)) };
  }

  /** Some data sets name pictures by number only. */
  #withoutExtension(path: string): readonly PhotoId[] {
    const name = baseName(path);
    if (/\.[a-z]{3,4}$/.test(name)) return [];
    for (const extension of ['jpg', 'jpeg', 'png', 'webp']) {
      const found = this.#byName.get(`${name}.${extension}`);
      if (found !== undefined) return found;
    }
    return [];
  }
}
