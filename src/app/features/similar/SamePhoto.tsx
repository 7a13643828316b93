import { useTranslation } from 'react-i18next';
import type { Region } from '../../../core/image/region.ts';
import type { SameHit } from '../../../core/library/match-result.ts';
import type { PhotoId } from '../../../core/library/photo.ts';
import type { MatchTarget } from '../../../protocol/match.ts';
import { navigate } from '../../engine/fragment.ts';
import { useCell, useThumbnail } from '../../engine/hooks.ts';
import { formatLikeness, useFormat } from '../../i18n/format.ts';
import { Checkbox } from '../../ui/Checkbox.tsx';
import { Outlined } from './Outlined.tsx';
import { sameWords, turnedBy } from './same-words.ts';

const nobody = 0 as PhotoId;

/** A photo that shows the same picture: how well, where in both, what was done; and the pixels, where that was asked. */
export function SamePhoto({
  hit: { id, match, pixels, target },
  url,
  isStrict,
  isSelected,
  onToggle,
}: {
  readonly hit: SameHit & { readonly target: MatchTarget };
  readonly isStrict: boolean;
  readonly isSelected: boolean;
  readonly onToggle: (id: PhotoId) => void;
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
  // What differs is never nothing.
  const shareOf = (part: number) => `${part < 0.01 ? '< ' : ''}${format.percent(Math.max(part, 0.01))}`;
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
        <p>
          <span className="visually-hidden">{t('similar.score')}</span>{' '}
          <span className="thing__score numeric">{formatLikeness(match.agreement)}</span>
        </p>
        <p className="same__verdict">
          {t(match.verdict === 'same' ? 'match.verdictSame' : 'match.verdictEdited')}
        </p>
        <bdi className="similar__name foreign-text">{name}</bdi>
        {done.length > 0 && <p>{format.list(done)}</p>}
        <p className="hint numeric">
          {isWhole ? t('match.shownWhole') : t('match.shownIn', { share, photoShare })}{' '}
          {t('match.agreement', { share: format.percent(match.agreement) })}
        </p>
        <Checkbox checked={isSelected} onChange={() => onToggle(id)}>
          {t('ask.select')} <span className="visually-hidden">{name}</span>
        </Checkbox>
        {pixels === null && isStrict && <p className="same__pixels">{t('match.pixelsUnknown')}</p>}
        {pixels !== null && (
          <p className="same__pixels">
            {pixels.same
              ? t('match.pixelsSame')
              : t('match.pixelsDiffer', { share: shareOf(pixels.differing) })}
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
