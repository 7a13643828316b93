import { Suspense, useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { MatchTarget } from '../../../protocol/match.ts';
import { navigate, useFragment } from '../../engine/fragment.ts';
import { useLibrary } from '../../engine/hooks.ts';
import { setSequence } from '../../engine/sequence.ts';
import { useFailureText } from '../../i18n/failure-text.ts';
import { useFormat } from '../../i18n/format.ts';
import { Checkbox } from '../../ui/Checkbox.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { OrderBy } from './OrderBy.tsx';
import { inOrder } from './result-scores.ts';
import { SamePhoto } from './SamePhoto.tsx';
import type { SelectionActions } from './SimilarView.tsx';
import { sameOfSeveral } from './several-answers.ts';
import { useHitSelection } from './use-hit-selection.ts';
import { useMatchAnswer } from './use-match-answer.ts';

/** Photos that show the same picture as one of those searched with: what was done to it, and where it is in both. */
export function SameAnswer({
  targets,
  targetKey,
  url,
  isStrict,
  actions: Actions,
}: {
  readonly targets: readonly MatchTarget[];
  readonly targetKey: string;
  /** The first picture searched with. */
  readonly url: string | null;
  /** Only what is the same to the pixel counts. */
  readonly isStrict: boolean;
  readonly actions: SelectionActions;
}) {
  const { t } = useTranslation();
  const failureText = useFailureText();
  const format = useFormat();
  const library = useLibrary();
  const answer = useMatchAnswer(
    (isWanted) => sameOfSeveral(targets, (target) => library.samePicture(target, isStrict), isWanted),
    `${targetKey} ${isStrict}`,
  );

  const { by } = useFragment();
  const found = useMemo(() => (answer?.kind === 'same' ? inOrder(answer.hits, by) : []), [answer, by]);
  const selection = useHitSelection(found);

  useEffect(() => {
    if (answer?.kind !== 'same') return;
    setSequence(Uint32Array.from(found, (hit) => hit.id));
    return () => setSequence(null);
  }, [answer, found]);

  const strictSwitch = (
    <Checkbox
      kind="switch"
      checked={isStrict}
      onChange={(strict) => navigate({ match: strict ? 'strict' : 'same' }, 'replace')}
    >
      {t('match.strict')}
    </Checkbox>
  );
  if (answer === null)
    return (
      <div className="similar__answer">
        <div className="similar__bar">
          <p className="similar__wait" role="status">
            {t('match.looking')}
          </p>
          {strictSwitch}
        </div>
      </div>
    );
  if (answer.kind === 'failed')
    return <EmptyState icon="warning" title={t('similar.failed')} text={failureText(answer.failure)} />;
  const { looked, unread, searched, milliseconds } = answer;
  type Hit = (typeof answer.hits)[number];
  const isOther = (hit: Hit) => isStrict && hit.pixels?.same !== true;
  const hits = found.filter((hit) => !isOther(hit));
  const others = found.filter(isOther);
  const list = (shown: readonly Hit[], label: string) => (
    <ul className="same-hits" aria-label={label}>
      {shown.map((hit) => (
        <SamePhoto
          key={hit.id}
          hit={hit}
          url={hit.target.photo === targets[0]?.photo ? url : null}
          isStrict={isStrict}
          isSelected={selection.ids.has(hit.id)}
          onToggle={selection.toggle}
        />
      ))}
    </ul>
  );
  return (
    <div className="similar__answer">
      <div className="similar__bar">
        <p className="similar__facts" role="status">
          <strong>{hits.length === 0 ? t('match.sameNone') : t('match.same', { count: hits.length })}</strong>
        </p>
        {found.length > 1 && <OrderBy />}
        {strictSwitch}
      </div>
      {hits.length > 0 && list(hits, t('similar.list'))}
      {others.length > 0 && (
        <>
          <h3 className="same-others">{t('match.others', { count: others.length })}</h3>
          {list(others, t('match.othersList'))}
        </>
      )}
      <p className="similar__print numeric">
        {t('match.looked', { count: looked, searched, milliseconds: format.number(milliseconds, 0) })}
        {unread > 0 && ` ${t('match.notCompared', { count: unread })}`}
      </p>
      <Suspense>
        {selection.ids.size > 0 && <Actions ids={[...selection.ids]} onClear={selection.clear} />}
      </Suspense>
    </div>
  );
}
