import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { DuplicateQuery, SplitOffPhoto } from '../../../protocol/duplicates.ts';
import { useLibrary } from '../../engine/hooks.ts';
import { useAnswer } from '../../engine/use-answer.ts';
import { useFormat } from '../../i18n/format.ts';
import { Button } from '../../ui/Button.tsx';
import type { DuplicateGroup } from './use-duplicate-groups.ts';

type Format = ReturnType<typeof useFormat>;

/** Photos that match some of a group and not all, so they are not in it: which ones, why, and where they are. */
export function SplitOff({
  group,
  groups,
  query,
  onShow,
}: {
  readonly group: DuplicateGroup;
  readonly groups: readonly DuplicateGroup[];
  /** What `groups` are the answer to. */
  readonly query: DuplicateQuery;
  readonly onShow: (index: number) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const library = useLibrary();
  const photos = group.photos.map(({ id }) => id);
  // Asked anew with every answer: what came or went may be the other end of a chain.
  const splitOff = useAnswer(() => library.splitOff(query, photos), groups);
  if (splitOff === null || splitOff.length === 0) return null;
  return (
    <section className="why" aria-label={t('duplicates.splitOff.title')}>
      <h3 className="why__title">{t('duplicates.splitOff.title')}</h3>
      <p className="hint">{t('duplicates.splitOff.about')}</p>
      <ul className="split-off">
        {splitOff.map((one) => {
          const place = groups.findIndex((other) => other.photos.some(({ id }) => id === one.photo));
          return (
            <li key={one.photo} className="split-off__photo">
              <span className="foreign-text">
                {t('duplicates.splitOff.matches', { name: one.name, matches: format.list(one.matches) })}
              </span>
              <ul className="why__list">
                {reasonsFor(t, format, one).map((reason) => (
                  <li key={reason} className="foreign-text">
                    {reason}
                  </li>
                ))}
              </ul>
              {place < 0 ? (
                <span className="hint">{t('duplicates.splitOff.alone')}</span>
              ) : (
                <Button size="small" onPress={() => onShow(place)}>
                  {t('duplicates.splitOff.show', { number: place + 1 })}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function reasonsFor(t: TFunction, format: Format, { differsFrom }: SplitOffPhoto): string[] {
  // It matches all of them, but was joined with others before.
  if (differsFrom.length === 0) return [t('duplicates.splitOff.elsewhere')];
  return differsFrom.map((one) => {
    const words = { name: one.name };
    switch (one.why) {
      case 'less-alike':
        return t('duplicates.splitOff.lessAlike', { ...words, share: format.percent(one.score) });
      case 'listed':
        return t('duplicates.splitOff.listed', { ...words, tier: t(`duplicates.tier.${one.tier}`) });
      default:
        return t(`duplicates.splitOff.${one.why}`, words);
    }
  });
}
