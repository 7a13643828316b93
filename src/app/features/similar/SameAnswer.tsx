import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Region } from '../../../core/image/region.ts';
import type { SameHit } from '../../../core/library/match-result.ts';
import type { PhotoId } from '../../../core/library/photo.ts';
import type { MatchTarget } from '../../../protocol/match.ts';
import { navigate } from '../../engine/fragment.ts';
import { useCell, useLibrary, useThumbnail } from '../../engine/hooks.ts';
import { setSequence } from '../../engine/sequence.ts';
import { useFailureText } from '../../i18n/failure-text.ts';
import { useFormat } from '../../i18n/format.ts';
import { Checkbox } from '../../ui/Checkbox.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Outlined } from './Outlined.tsx';
import { sameWords, turnedBy } from './same-words.ts';
import { sameOfSeveral } from './several-answers.ts';
import { useMatchAnswer } from './use-match-answer.ts';

/** Photos that show the same picture as one of those searched with: what was done to it, and where it is in both. */
export function SameAnswer({
  targets,
  targetKey,
  url,
  isStrict,
}: {
  readonly targets: readonly MatchTarget[];
  readonly targetKey: string;
  /** The first picture searched with. */
  readonly url: string | null;
  /** Only what is the same to the pixel counts. */
  readonly isStrict: boolean;
}) {
  const { t } = useTranslation();
  const failureText = useFailureText();
  const format = useFormat();
  const library = useLibrary();
  const answer = useMatchAnswer(
    (isWanted) => sameOfSeveral(targets, (target) => library.samePicture(target, isStrict), isWanted),
    `${targetKey} ${isStrict}`,
  );

  useEffect(() => {
    if (answer?.kind !== 'same') return;
    setSequence(Uint32Array.from(answer.hits, (hit) => hit.id));
    return () => setSequence(null);
  }, [answer]);

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
  const { looked, searched, milliseconds } = answer;
  type Hit = (typeof answer.hits)[number];
  const isOther = (hit: Hit) => isStrict && hit.pixels?.same !== true;
  const hits = answer.hits.filter((hit) => !isOther(hit));
  const others = answer.hits.filter(isOther);
  const list = (shown: readonly Hit[], label: string) => (
    <ul className="same-hits" aria-label={label}>
      {shown.map((hit) => (
        <Same key={hit.id} hit={hit} url={hit.target.photo === targets[0]?.photo ? url : null} />
      ))}
    </ul>
  );
  return (
    <div className="similar__answer">
      <div className="similar__bar">
        <p className="similar__facts" role="status">
          <strong>{hits.length === 0 ? t('match.sameNone') : t('match.same', { count: hits.length })}</strong>
        </p>
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
      </p>
    </div>
  );
}

const nobody = 0 as PhotoId;

function Same({
  hit: { id, match, pixels, target },
  url,
}: {
  readonly hit: SameHit & { readonly target: MatchTarget };
  /** Of the picture searched with; null: its thumbnail. */
  readonly url: string | null;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const thumbnail = useThumbnail(id);
  const ofTarget = useThumbnail(target.photo ?? nobody);
  const name = useCell(id)?.name ?? '';
  const turned = turnedBy(match);
  const done: string[] = sameWords(match).map((word) => t(`match.${word}`));
  if (turned > 0) done.unshift(t('match.turned', { degrees: format.number(turned, 0) }));
  const share = format.percent(match.ofFirst);
  const photoShare = format.percent(match.ofSecond);
  const isWhole = share === photoShare && share === format.percent(1);
  return (
    <li className="same">
      <Outlined
        url={url ?? ofTarget}
        region={inWhole(match.onFirst, target.region)}
        label={t('match.inQuery')}
      />
      <button
        type="button"
        className="same__photo"
        aria-label={t('match.open', { name })}
        onClick={() => navigate({ photo: id })}
      >
        <Outlined
          url={thumbnail}
          region={match.onSecond}
          spot={pixels?.same === false ? pixels.place : null}
          label={t('match.inPhoto', { name })}
        />
      </button>
      <div className="same__words">
        <p className="same__verdict">
          {t(match.verdict === 'same' ? 'match.verdictSame' : 'match.verdictEdited')}
        </p>
        <bdi className="similar__name foreign-text">{name}</bdi>
        {done.length > 0 && <p>{format.list(done)}</p>}
        <p className="hint numeric">
          {isWhole ? t('match.shownWhole') : t('match.shownIn', { share, photoShare })}{' '}
          {t('match.agreement', { share: format.percent(match.agreement) })}
        </p>
        {pixels !== null && (
          <p className="same__pixels">
            {pixels.same
              ? t('match.pixelsSame')
              : t('match.pixelsDiffer', { share: format.percent(pixels.differing) })}
          </p>
        )}
      </div>
    </li>
  );
}

/** An outline on a part of a picture, as one on the whole. */
function inWhole(points: SameHit['match']['onFirst'], region: Region | null) {
  if (region === null) return points;
  return points.map(({ x, y }) => ({ x: region.x + x * region.width, y: region.y + y * region.height }));
}
