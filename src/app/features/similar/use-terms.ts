import { useMemo, useRef } from 'react';
import type { LikeTerm } from '../../../core/library/like-term.ts';
import { useFragment } from '../../engine/fragment.ts';
import { useLabels } from '../../engine/hooks.ts';
import type { MissingPhotos } from '../../engine/linked-photos.ts';
import { useSimilarFile } from '../../engine/similar-file.ts';

/**
 * What the present search is to be like; null where it is about a picture that is gone, or that is looked for. The identity
 * changes only when the meaning does.
 *
 * @param missing photos of the link that are not in this library
 */
export function useTerms(missing: MissingPhotos): readonly LikeTerm[] | null {
  const { similar, region, like } = useFragment();
  const file = useSimilarFile();
  const labels = useLabels();
  const made = useMemo((): readonly LikeTerm[] | null => {
    if (missing === null) return null;
    const terms: LikeTerm[] = [];
    if (similar === 'file') {
      if (file === null) return null;
      const { blob, key } = file;
      terms.push({ subject: { kind: 'picture', bytes: blob, key, region }, weight: 1 });
    } else if (similar !== null && similar !== 'tray') {
      if (missing.has(similar)) return null;
      terms.push({ subject: { kind: 'photo', id: similar, region }, weight: 1 });
    }
    for (const item of like) {
      if (item.kind === 'photo') {
        if (item.id !== similar && !missing.has(item.id))
          terms.push({ subject: { kind: 'photo', id: item.id, region: null }, weight: item.weight });
        continue;
      }
      const label = labels.byId(item.id);
      if (label !== undefined)
        terms.push({ subject: { kind: 'label', label: label.number }, weight: item.weight });
    }
    return terms;
  }, [similar, region, like, file, labels, missing]);
  const last = useRef(made);
  if (termsKey(last.current) !== termsKey(made)) last.current = made;
  return last.current;
}

/** A text that tells terms apart; bytes by their key. */
export function termsKey(terms: readonly LikeTerm[] | null): string {
  return JSON.stringify(terms, (name, value) => (name === 'bytes' ? undefined : value));
}
