import { useTranslation } from 'react-i18next';
import type { LabelSet } from '../../../core/tagging/label-set.ts';
import type { LabelDictionary } from '../../../protocol/label-sets.ts';
import { useLabels } from '../../engine/hooks.ts';
import { SaidLink } from './SaidLink.tsx';

const shown = 12;

/** Pairs of labels that photos have together, most photos first. */
export function OftenTogether({
  set,
  dictionary,
}: {
  readonly set: LabelSet;
  readonly dictionary: LabelDictionary;
}) {
  const { t } = useTranslation();
  const table = useLabels();
  if (set.kind === 'binary' || set.kind === 'multi-class') return null;
  const { labels, together } = dictionary;
  const pairs = labels
    .flatMap((a, i) =>
      labels.slice(i + 1).map((b, j) => ({
        a: table.get(a.label),
        b: table.get(b.label),
        photos: together[i * labels.length + i + 1 + j] ?? 0,
      })),
    )
    .filter(({ a, b, photos }) => a !== undefined && b !== undefined && photos > 0)
    .sort((one, other) => other.photos - one.photos)
    .slice(0, shown);
  if (pairs.length === 0) return null;
  return (
    <section aria-labelledby="often-together">
      <h2 className="set-page__part" id="often-together">
        {t('labels.together')}
      </h2>
      <ul className="pairs">
        {pairs.map(({ a, b, photos }) => (
          <li key={`${a!.id} ${b!.id}`}>
            <span className="pairs__pair">
              <bdi className="foreign-text">{table.name(a!)}</bdi> +{' '}
              <bdi className="foreign-text">{table.name(b!)}</bdi>{' '}
              <SaidLink set={set.id} said={{ said: 'present', label: a!.id, other: b!.id }} count={photos} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
