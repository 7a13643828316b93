import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { LikeTerm } from '../../../core/library/like-term.ts';
import type { PhotoId } from '../../../core/library/photo.ts';
import { useLabels, useLibrary } from '../../engine/hooks.ts';
import { useAnswer } from '../../engine/use-answer.ts';
import { formatLikeness } from '../../i18n/format.ts';
import type { SimilarAnswer } from './use-similar.ts';

const none: ReadonlyMap<PhotoId, string> = new Map();

/**
 * How like each term of a search each hit is, in words; empty where the search has one term only, which the score is about.
 *
 * @param terms as they were when the answer was asked for
 */
export function useTermScores(
  terms: readonly LikeTerm[],
  answer: SimilarAnswer,
): ReadonlyMap<PhotoId, string> {
  const { t } = useTranslation();
  const names = useTermNames(terms);
  return useMemo(() => {
    if (answer.kind !== 'hits' || answer.ofTerms === null) return none;
    const count = answer.ofTerms.length / Math.max(1, answer.hits.length);
    if (count !== names.length) return none; // terms changed meanwhile
    const { ofTerms } = answer;
    return new Map(
      answer.hits.map(({ id }, n) => {
        const words = names.flatMap((name, term) => {
          const cosine = ofTerms[n * count + term]!;
          return Number.isNaN(cosine) ? [] : [t('match.part', { name, score: formatLikeness(cosine) })];
        });
        return [id, words.join(' · ')];
      }),
    );
  }, [answer, names, t]);
}

/** What each term is called. */
function useTermNames(terms: readonly LikeTerm[]): readonly string[] {
  const { t } = useTranslation();
  const library = useLibrary();
  const labels = useLabels();
  const ids = terms.flatMap(({ subject }) => (subject.kind === 'photo' ? [subject.id] : []));
  const key = ids.join();
  const cells = useAnswer(async () => (key === '' ? [] : library.cells(Uint32Array.from(ids))), key);
  const photos = useMemo(
    () => new Map(cells?.flatMap((cell) => (cell === null ? [] : [[cell.id, cell.name]]))),
    [cells],
  );

  return useMemo(
    () =>
      terms.map(({ subject }) => {
        if (subject.kind === 'picture') return t('ask.thePicture');
        if (subject.kind === 'photo') return photos.get(subject.id) ?? t('ask.photo');
        const label = labels.get(subject.label);
        return label === undefined ? '' : labels.name(label);
      }),
    [terms, photos, labels, t],
  );
}
