import { useTranslation } from 'react-i18next';
import type { CommonPairs } from '../../../core/evaluation/common-pairs.ts';
import type { LabelFigures } from '../../../protocol/figures.ts';
import { useNameOf } from '../../engine/use-name-of.ts';
import { CellLink } from './CellLink.tsx';
import { FigureTable } from './FigureTable.tsx';

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
  const listed = pairs === null ? [] : [...pairs.photos.keys()];
  const idOf = (n: number | undefined) => figures.labels[n ?? -1] ?? '';
  const cell = (row: number, onlyWrong: boolean) => {
    const [missed, predicted] = [pairs?.missed[row] ?? 0, pairs?.predicted[row] ?? 0];
    return {
      set,
      kind: 'pair',
      label: idOf(missed),
      threshold: figures.thresholds[missed] ?? 0,
      other: idOf(predicted),
      otherThreshold: figures.thresholds[predicted] ?? 0,
      onlyWrong,
    } as const;
  };
  return (
    <section aria-labelledby="evaluate-pairs" aria-busy={pairs === null}>
      <h2 className="evaluate__heading" id="evaluate-pairs">
        {t('evaluate.pairs')}
      </h2>
      <p className="evaluate__hint">{t('evaluate.pairsText')}</p>
      {pairs !== null && listed.length < pairs.total && (
        <p className="evaluate__hint">
          {t('evaluate.pairsListed', { most: listed.length, count: pairs.total })}
        </p>
      )}
      {pairs !== null && listed.length === 0 && <p>{t('evaluate.noPairs')}</p>}
      {pairs !== null && listed.length > 0 && (
        <FigureTable
          name={t('evaluate.pairs')}
          heading={t('evaluate.missed')}
          keys={listed.map((row) => `${pairs.missed[row]} ${pairs.predicted[row]}`)}
          names={listed.map((row) => nameOfId(idOf(pairs.missed[row])))}
          columns={[
            {
              id: 'given',
              text: t('evaluate.whilePredicting'),
              show: (row) => <bdi className="foreign-text">{nameOfId(idOf(pairs.predicted[row]))}</bdi>,
            },
            {
              id: 'photos',
              text: t('evaluate.pairPhotos'),
              show: (row) => <CellLink cell={cell(row, false)} count={pairs.photos[row]!} />,
            },
            {
              id: 'wrong',
              text: t('evaluate.pairWrong'),
              show: (row) => <CellLink cell={cell(row, true)} count={pairs.wrong[row]!} />,
            },
          ]}
        />
      )}
    </section>
  );
}
