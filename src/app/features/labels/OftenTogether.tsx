import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LabelDictionary } from '../../../protocol/label-sets.ts';
import { useLabels } from '../../engine/hooks.ts';
import { Button } from '../../ui/Button.tsx';
import { SaidLink } from './SaidLink.tsx';

const shownAtFirst = 12;
const shownMore = 96;

/** Pairs of labels that photos have together, most photos first. */
export function OftenTogether({
  set,
  dictionary,
}: {
  /** Its number; `builtInSet` as well. */
  readonly set: number;
  readonly dictionary: LabelDictionary;
}) {
  const { t } = useTranslation();
  const table = useLabels();
  const cells = useMemo(() => mostTogether(dictionary), [dictionary]);
  const [shown, setShown] = useState(shownAtFirst);
  const pairs = cells.slice(0, shown).flatMap(({ row, column, photos }) => {
    const [a, b] = [table.get(dictionary.labels[row]!.label), table.get(dictionary.labels[column]!.label)];
    return a === undefined || b === undefined ? [] : [{ a, b, photos }];
  });
  if (pairs.length === 0) return null;
  return (
    <section aria-labelledby="often-together">
      <h2 className="set-page__part" id="often-together">
        {t('labels.together')}
      </h2>
      <ul className="pairs">
        {pairs.map(({ a, b, photos }) => (
          <li key={`${a.id} ${b.id}`}>
            <span className="pairs__pair">
              <bdi className="foreign-text">{table.name(a, set)}</bdi> +{' '}
              <bdi className="foreign-text">{table.name(b, set)}</bdi>{' '}
              <SaidLink set={set} said={{ said: 'present', label: a.id, other: b.id }} count={photos} />
            </span>
          </li>
        ))}
      </ul>
      {cells.length > shown && (
        <Button size="small" onPress={() => setShown(shown + shownMore)}>
          {t('evaluate.more', { count: Math.min(shownMore, cells.length - shown) })}
        </Button>
      )}
    </section>
  );
}

/** The cells above the diagonal that have photos, largest first. */
function mostTogether({ labels, together }: LabelDictionary) {
  const found: { row: number; column: number; photos: number }[] = [];
  for (let row = 0; row < labels.length; row++) {
    for (let column = row + 1; column < labels.length; column++) {
      const photos = together[row * labels.length + column]!;
      if (photos > 0) found.push({ row, column, photos });
    }
  }
  return found.sort((a, b) => b.photos - a.photos);
}
