import { Suspense, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mixedCutOff } from '../../../core/image/part-scores.ts';
import type { LikeTerm } from '../../../core/library/like-term.ts';
import type { PhotoQuery, SimilarHit } from '../../../core/library/photo-query.ts';
import type { MatchTarget } from '../../../protocol/match.ts';
import { navigate, useFragment } from '../../engine/fragment.ts';
import { isFiltered, noConditions } from '../../engine/query-of.ts';
import { setSequence } from '../../engine/sequence.ts';
import { useFailureText } from '../../i18n/failure-text.ts';
import { formatLikeness, useFormat } from '../../i18n/format.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { EndOfLikeness } from './EndOfLikeness.tsx';
import { HitList } from './HitList.tsx';
import { splitAtCutOff, united } from './mixed-pool.ts';
import { OrderBy } from './OrderBy.tsx';
import { PartMix } from './PartMix.tsx';
import { countedWeights, inOrder, isContentOnly, mixedScores, partWords } from './result-scores.ts';
import type { SelectionActions } from './SimilarView.tsx';
import { useHitSelection } from './use-hit-selection.ts';
import { useMixed } from './use-mixed.ts';
import { usePartScores } from './use-part-scores.ts';
import { mostBeyond, type Similar } from './use-similar.ts';
import { useTermScores } from './use-term-scores.ts';

/** So many of the closest are shown when nothing is similar enough. */
const closestCount = 6;

const none: readonly SimilarHit[] = [];

/** What was found, what lies below the cut-off, and what can be done with it. */
export function SimilarAnswerView({
  answer,
  isOld,
  filter,
  terms,
  actions: Actions,
  target,
  targetKey,
}: Similar & {
  readonly filter: PhotoQuery;
  /** What the answer is to be like. */
  readonly terms: readonly LikeTerm[];
  readonly actions: SelectionActions;
  /** What the parts of the scores are told against; null where it is no single picture. */
  readonly target: MatchTarget | null;
  readonly targetKey: string;
}) {
  const { t } = useTranslation();
  const failureText = useFailureText();
  const format = useFormat();
  const [beyondShown, setBeyondShown] = useState(false);
  const { by: order, mix } = useFragment();
  const hits = answer.kind === 'hits' ? answer.hits : none;
  const known = usePartScores(target, targetKey, hits);
  // What else comes first is asked of one picture: beside other terms it would be what they do not count for.
  const isAlone = terms.filter(({ weight }) => weight !== 0).length === 1;
  const more = useMixed(isAlone ? target : null, targetKey, mix);
  const [pool, parts] = useMemo(() => united(hits, known, more), [hits, known, more]);
  const weights = countedWeights(parts, mix);
  const cutOff = answer.kind === 'hits' ? mixedCutOff(answer.cutOff, weights) : 0;
  const ofTerms = useTermScores(terms, answer);
  const ofParts = useMemo(() => partWords(parts, t), [parts, t]);
  // Of several photos and tags each is a part of the score.
  const words = ofTerms.size > 0 ? ofTerms : ofParts;
  const mixed = useMemo(() => mixedScores(pool, parts, weights), [pool, parts, weights]);
  const [near, beyond] = useMemo(() => {
    const [above, below] = splitAtCutOff(pool, mixed, cutOff, mostBeyond);
    return [inOrder(above, order), below];
  }, [pool, cutOff, order, mixed]);

  const closest = useMemo(() => beyond.slice(0, closestCount), [beyond]);
  const shown = useMemo(
    () => (near.length === 0 ? closest : beyondShown ? [...near, ...beyond] : near),
    [near, beyond, closest, beyondShown],
  );
  const selection = useHitSelection(shown);

  useEffect(() => {
    setSequence(Uint32Array.from(shown, (hit) => hit.id));
    return () => setSequence(null);
  }, [shown]);

  if (answer.kind === 'failed')
    return <EmptyState icon="warning" title={t('similar.failed')} text={failureText(answer.failure)} />;
  const filtered = isFiltered(filter);
  const nothing = near.length === 0;
  return (
    <div className="similar__answer" aria-busy={isOld}>
      <div className="similar__bar">
        <p className="similar__facts" role="status">
          {nothing ? (
            <strong>
              {t(filtered ? 'similar.nothingFiltered' : 'similar.nothing')}{' '}
              {terms.every(({ weight }) => weight <= 0) && `${t('similar.onlyUnlike')} `}
              {closest.length > 0 && t('similar.closest')}
            </strong>
          ) : (
            <strong>{t('similar.found', { count: near.length })}</strong>
          )}{' '}
          {filtered && (
            <>
              {t('similar.filtered')}{' '}
              <Button variant="quiet" size="small" onPress={() => navigate(noConditions)}>
                {t('similar.clearFilters')}
              </Button>
            </>
          )}
        </p>
        {hits.length > 1 && target !== null && parts.size > 0 && (
          <PartMix
            weights={weights}
            onChange={(changed) => navigate({ mix: isContentOnly(changed) ? null : changed }, 'replace')}
          />
        )}
        {near.length > 1 && <OrderBy />}
      </div>
      {nothing ? (
        closest.length > 0 && (
          <HitList
            hits={closest}
            scores={mixed}
            words={words}
            label={t('similar.list')}
            selection={selection}
            dimmed
          />
        )
      ) : (
        <>
          <HitList hits={near} scores={mixed} words={words} label={t('similar.list')} selection={selection} />
          <EndOfLikeness
            isCut={answer.isCut}
            hasMore={beyond.length > 0}
            isOpen={beyondShown}
            onToggle={() => setBeyondShown(!beyondShown)}
          />
          {beyondShown && beyond.length > 0 && (
            <HitList
              hits={beyond}
              scores={mixed}
              words={words}
              label={t('similar.beyond', { score: formatLikeness(cutOff) })}
              selection={selection}
              dimmed
            />
          )}
        </>
      )}
      <p className="similar__print numeric">
        {t('similar.searched', {
          count: answer.searched,
          milliseconds: format.number(answer.milliseconds, answer.milliseconds < 10 ? 1 : 0),
        })}
        {answer.waiting > 0 && ` ${t('similar.waiting', { count: answer.waiting })}`}
      </p>
      <Suspense>
        {selection.ids.size > 0 && <Actions ids={[...selection.ids]} onClear={selection.clear} />}
      </Suspense>
    </div>
  );
}
