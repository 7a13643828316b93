import type { PhotoId } from '../../../core/library/photo.ts';
import type { DuplicatePlan } from '../../../protocol/duplicates.ts';

type Entry = DuplicatePlan['entries'][number];

/** What the person wants of a group, whatever the rules say. */
export interface GroupException {
  readonly kind: 'instead' | 'too' | 'all';
  /** Photos of the group, the one that the rules would keep first. */
  readonly photos: readonly PhotoId[];
  /** Of these, those that stay. */
  readonly stays: readonly PhotoId[];
  /** Names of those that stay. */
  readonly names: readonly string[];
}

/**
 * Exceptions with one more: that photo of a dry run stays instead of the one that would, beside it, or all of its group
 * stay. What was chosen for the same group before gives way; but a photo that stays, too, joins those that do.
 */
export function withException(
  exceptions: readonly GroupException[],
  { entries }: DuplicatePlan,
  { photo, keptFor }: Entry,
  kind: GroupException['kind'],
): GroupException[] {
  const group = entries.filter((one) => one.keptFor === keptFor && one.by === 'rules');
  const before = exceptions.find(({ photos }) => photos.includes(photo));
  const photos = before?.photos ?? [keptFor, ...group.map((one) => one.photo)];
  const names = new Map(group.flatMap((one) => [[one.photo, one.name] as const, [keptFor, one.keptName]]));
  const chosen: readonly PhotoId[] =
    kind === 'instead' ? [photo] : kind === 'all' ? photos : [keptFor, ...(before?.stays ?? []), photo];
  const stays = [...new Set(chosen)];
  before?.stays.forEach((one, n) => {
    if (!names.has(one)) names.set(one, before.names[n]!);
  });
  const next = { kind, photos, stays, names: stays.flatMap((one) => names.get(one) ?? []) };
  return [...exceptions.filter((one) => one !== before), next];
}
