import type { LikeSubject } from '../../../core/library/like-term.ts';
import type { PhotoQuery } from '../../../core/library/photo-query.ts';
import type { MatchTarget } from '../../../protocol/match.ts';

/** What a search is about, as the worker takes it; null for a tag, which has no picture. */
export function targetOf(subject: LikeSubject, filter: PhotoQuery): MatchTarget | null {
  if (subject.kind === 'label') return null;
  const { region } = subject;
  return subject.kind === 'photo'
    ? { photo: subject.id, file: null, region, filter }
    : { photo: null, file: subject.bytes as Blob, key: subject.key, region, filter };
}
