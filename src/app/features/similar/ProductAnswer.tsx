import { Suspense, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ColourRule, productCutOff } from '../../../core/image/product-score.ts';
import type { ProductHit } from '../../../core/library/match-result.ts';
import type { MatchTarget } from '../../../protocol/match.ts';
import { navigate, useFragment } from '../../engine/fragment.ts';
import { useEnginePart, useLibrary } from '../../engine/hooks.ts';
import { setSequence } from '../../engine/sequence.ts';
import { useFailureText } from '../../i18n/failure-text.ts';
import { formatLikeness, useFormat } from '../../i18n/format.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { CatalogueDialog } from './CatalogueDialog.tsx';
import { EndOfLikeness } from './EndOfLikeness.tsx';
import { OrderBy } from './OrderBy.tsx';
import { Named, ThingList } from './ProductThings.tsx';
import { inOrder } from './result-scores.ts';
import type { SelectionActions } from './SimilarView.tsx';
import { productsOfSeveral, splitThings } from './several-answers.ts';
import { useHitSelection } from './use-hit-selection.ts';
import { useMatchAnswer } from './use-match-answer.ts';

const mostThings = 60;
/** So many of the closest are shown when nothing is similar enough. */
const closestCount = 6;
const none: readonly ProductHit[] = [];

/** Photos of the same thing, one entry a thing, and what it is called. */
export function ProductAnswer({
  targets,
  targetKey,
  actions: Actions,
}: {
  /** Photos of the thing. */
  readonly targets: readonly MatchTarget[];
  readonly targetKey: string;
  readonly actions: SelectionActions;
}) {
  const { t } = useTranslation();
  const failureText = useFailureText();
  const format = useFormat();
  const library = useLibrary();
  const { colour, by } = useFragment();
  const [catalogue, setCatalogue] = useState(false);
  const [names, setNames] = useState(0);
  const answer = useMatchAnswer(
    (isWanted) =>
      productsOfSeveral(targets, (target) => library.products(target, colour, mostThings + 1), isWanted),
    `${targetKey} ${colour} ${names}`,
  );

  const [beyondShown, setBeyondShown] = useState(false);
  const ofVectors = useEnginePart(
    ({ settings, status }) => settings.similarityCutOff ?? status.learnedCutOff,
  );
  const cutOff = productCutOff(ofVectors, colour);
  const hits = answer?.kind === 'products' ? answer.hits : none;
  // Best first: those that are a match, and what is less alike than photos are by chance.
  const { near, beyond, isCut } = useMemo(() => {
    const split = splitThings(hits, cutOff, mostThings);
    return { ...split, near: inOrder(split.near, by) };
  }, [hits, cutOff, by]);
  const nothing = near.length === 0;
  const shown = useMemo(() => {
    if (nothing) return beyond.slice(0, closestCount);
    return beyondShown ? [...near, ...beyond] : near;
  }, [nothing, near, beyond, beyondShown]);

  const photos = useMemo(() => shown.flatMap(({ ids }) => ids.map((id) => ({ id }))), [shown]);
  const selection = useHitSelection(photos);

  useEffect(() => {
    setSequence(Uint32Array.from(photos, ({ id }) => id));
    return () => setSequence(null);
  }, [photos]);

  return (
    <div className="similar__answer">
      <div className="product-bar">
        <span className="hint" aria-hidden="true">
          {t('match.colour')}
        </span>
        <Segmented<ColourRule>
          label={t('match.colour')}
          size="small"
          value={colour}
          options={[
            { value: 'counts', label: t('match.colourCounts') },
            { value: 'ignored', label: t('match.colourIgnored') },
            { value: 'required', label: t('match.colourRequired') },
          ]}
          onChange={(rule) => navigate({ colour: rule }, 'replace')}
        />
        {near.length > 1 && <OrderBy />}
        <Button size="small" onPress={() => setCatalogue(true)}>
          {t('match.catalogue')}
        </Button>
      </div>
      {answer === null ? (
        <p className="similar__wait" role="status">
          {t('similar.searching')}
        </p>
      ) : answer.kind === 'failed' ? (
        <EmptyState icon="warning" title={t('similar.failed')} text={failureText(answer.failure)} />
      ) : (
        <>
          <p className="similar__facts" role="status">
            <strong>
              {nothing ? t('match.productsNone') : t('match.products', { count: near.length })}{' '}
              {nothing && shown.length > 0 && t('similar.closest')}
            </strong>
          </p>
          {answer.answer !== null && <Named answer={answer.answer} />}
          {nothing ? (
            shown.length > 0 && (
              <ThingList hits={shown} label={t('similar.list')} selection={selection} dimmed />
            )
          ) : (
            <>
              <ThingList hits={near} label={t('similar.list')} selection={selection} />
              <EndOfLikeness
                isCut={isCut}
                hasMore={beyond.length > 0}
                isOpen={beyondShown}
                onToggle={() => setBeyondShown(!beyondShown)}
              />
              {beyondShown && beyond.length > 0 && (
                <ThingList
                  hits={beyond}
                  label={t('similar.beyond', { score: formatLikeness(cutOff) })}
                  selection={selection}
                  dimmed
                />
              )}
            </>
          )}
          <p className="similar__print numeric">
            {t('match.productsAsked', {
              searched: answer.searched,
              milliseconds: format.number(answer.milliseconds, answer.milliseconds < 10 ? 1 : 0),
            })}
          </p>
        </>
      )}
      <Suspense>
        {selection.ids.size > 0 && <Actions ids={[...selection.ids]} onClear={selection.clear} />}
      </Suspense>
      <CatalogueDialog
        isOpen={catalogue}
        onClose={() => setCatalogue(false)}
        onChanged={() => setNames((before) => before + 1)}
      />
    </div>
  );
}
