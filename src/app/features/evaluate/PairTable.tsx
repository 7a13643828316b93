import { useTranslation } from 'react-i18next';
import type { CommonPairs } from '../../../core/evaluation/common-pairs.ts';
import type { LabelFigures } from '../../../protocol/figures.ts';
import { CellLink } from './CellLink.tsx';
import { useNameOf } from './use-name-of.ts';

/** Which labels are missed while which others are given: what is taken for what, as far as several labels allow to say. */
export function PairTable({
  set,
  figures,
  pairs,
}: {
  readonly set: string;
  readonly figures: LabelFigures;
  /** Null while they are counted. */
  readonly pairs: CommonPairs | null;
}) {
  const { t } = useTranslation();
  const nameOfId = useNameOf();
  const nameOf = (n: number) => nameOfId(figures.labels[n] ?? '');
  return (
    <section aria-labelledby="evaluate-pairs" aria-busy={pairs === null}>
      <h2 className="evaluate__heading" id="evaluate-pairs">
        {t('evaluate.pairs')}
      </h2>
      <p className="evaluate__hint">{t('evaluate.pairsText')}</p>
      {pairs !== null && pairs.photos.length === 0 && <p>{t('evaluate.noPairs')}</p>}
      {pairs !== null && pairs.photos.length > 0 && (
        <div className="evaluate__scroll">
          <table className="figure-table figure-table--pairs" aria-labelledby="evaluate-pairs">
            <thead>
              <tr>
                <th scope="col">{t('evaluate.missed')}</th>
                <th scope="col">{t('evaluate.whilePredicting')}</th>
                <th scope="col">{t('evaluate.pairPhotos')}</th>
                <th scope="col">{t('evaluate.pairWrong')}</th>
              </tr>
            </thead>
            <tbody>
              {Array.from(pairs.photos, (photos, n) => {
                const [missed, predicted] = [pairs.missed[n]!, pairs.predicted[n]!];
                const cell = {
                  set,
                  kind: 'pair',
                  label: figures.labels[missed] ?? '',
                  threshold: figures.thresholds[missed] ?? 0,
                  other: figures.labels[predicted] ?? '',
                  otherThreshold: figures.thresholds[predicted] ?? 0,
                } as const;
                return (
                  <tr key={`${cell.label} ${cell.other}`}>
                    <th scope="row">
                      <bdi className="foreign-text">{nameOf(missed)}</bdi>
                    </th>
                    <td>
                      <bdi className="foreign-text">{nameOf(predicted)}</bdi>
                    </td>
                    <td>
                      <CellLink cell={{ ...cell, onlyWrong: false }} count={photos} />
                    </td>
                    <td>
                      <CellLink cell={{ ...cell, onlyWrong: true }} count={pairs.wrong[n]!} />
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
