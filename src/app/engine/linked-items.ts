import { hashDigits, type LinkedPhoto } from '../../core/library/linked-photos.ts';
import type { PhotoId } from '../../core/library/photo.ts';
import type { FragmentState } from './fragment-state.ts';
import { mostItems } from './like-items.ts';

const written = new RegExp(`^([1-9]\\d{0,9})\\.([0-9a-f]{${hashDigits}})$`);

/** Reads `12.0123…,15.89ab…`; what is malformed is left out, and so is what is said of a photo again. */
export function parseLinked(text: string | null): readonly LinkedPhoto[] {
  const linked = new Map<PhotoId, LinkedPhoto>();
  // Those of the tray, the one searched with, and the open one.
  for (const part of (text ?? '').split(',').slice(0, mostItems + 2)) {
    const [, number, hash] = written.exec(part) ?? [];
    if (hash === undefined) continue;
    const id = Number(number) as PhotoId;
    if (!linked.has(id)) linked.set(id, { id, hash });
  }
  return [...linked.values()];
}

export function formatLinked(linked: readonly LinkedPhoto[]): string {
  return linked.map(({ id, hash }) => `${id}.${hash}`).join(',');
}

/** The fragment with other numbers of the same photos. */
export function renumbered(
  { photo, similar, region, panel, like, linked }: FragmentState,
  others: ReadonlyMap<PhotoId, PhotoId>,
): Partial<FragmentState> {
  const own = (id: PhotoId) => others.get(id) ?? id;
  return {
    photo: photo === null ? null : own(photo),
    similar: typeof similar === 'number' ? own(similar) : similar,
    region,
    panel,
    like: like.map((item) => (item.kind === 'photo' ? { ...item, id: own(item.id) } : item)),
    linked: linked.map(({ id, hash }) => ({ id: own(id), hash })),
  };
}
