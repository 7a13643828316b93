import { useTranslation } from 'react-i18next';
import type { Cell, ChangeKind } from '../../../core/evaluation/cell.ts';
import type { ComparedPart as Part } from '../../../core/evaluation/compare-sets.ts';
import type { Run } from '../../../core/evaluation/run.ts';
import { useNameOf } from '../../engine/use-name-of.ts';
import { useFormat } from '../../i18n/format.ts';
import { thresholdText } from '../../i18n/threshold-text.ts';
import { CellLink } from './CellLink.tsx';
import { type FigureColumn, FigureTable } from './FigureTable.tsx';
import { figureText } from './figure-text.ts';

const kinds = ['fixed', 'broken', 'bothRight', 'bothWrong'] as const satisfies readonly ChangeKind[];

/** Two runs side by side: figures, photos that were fixed and that broke, and the same label by label. */
export function ComparedPart({
  set,
  part: { name, whole, figures, labels, ...counts },
  photos,
  before,
  after,
}: {
  readonly set: string;
  readonly part: Part;
  readonly photos: number;
  readonly before: Run;
  readonly after: Run;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = useNameOf();
  // A link about one label needs no more than its own threshold.
  const runFor = (run: Run, threshold: number | null): Run =>
    run.version === null && threshold !== null ? { version: null, moved: threshold } : run;
  const cell = (kind: ChangeKind, row: number): Cell => ({
    set,
    kind,
    label: labels[row]!.label,
    before: runFor(before, labels[row]!.before),
    after: runFor(after, labels[row]!.after),
  });
  const signed = (value: number) =>
    value > 0 ? `+${value.toFixed(3)}` : figureText(value).replace('-', '−');
  const hasThresholds = labels.some((label) => label.before !== null);
  const pair = (id: 'f1' | 'threshold', show: (value: number) => string): FigureColumn[] =>
    (['before', 'after'] as const).map((when) => ({
      id: `${id} ${when}`,
      text: t(`evaluate.${id}${when === 'before' ? 'Before' : 'After'}`),
      show: (row) => {
        const label = labels[row]!;
        const value = id === 'f1' ? (when === 'before' ? label.f1Before : label.f1After) : label[when];
        return value === null ? '–' : show(value);
      },
    }));
  const change: FigureColumn = {
    id: 'f1 change',
    text: t('evaluate.f1Change'),
    values: labels.map(({ f1Before, f1After }) => f1After - f1Before),
    show: (row) => signed(labels[row]!.f1After - labels[row]!.f1Before),
  };
  const photosOf = (['fixed', 'broken'] as const).map(
    (kind): FigureColumn => ({
      id: kind,
      text: t(`evaluate.${kind}`),
      values: labels.map((label) => label[kind]),
      show: (row) => <CellLink cell={cell(kind, row)} count={labels[row]![kind]} />,
    }),
  );
  return (
    <section className="compared" aria-label={name === '' ? t('evaluate.sideBySide') : name}>
      {name !== '' && (
        <h3 className="evaluate__heading">
          <bdi className="foreign-text">{name}</bdi>
        </h3>
      )}
      <p className="evaluate__hint">{t('evaluate.comparedBasis', { photos: format.number(photos) })}</p>
      <dl className="compared__counts">
        {kinds.map((kind) => (
          <div key={kind} title={t(`evaluate.${kind}Text`)}>
            <dt>{t(`evaluate.${kind}`)}</dt>
            <dd>
              <CellLink cell={{ set, kind, label: whole, before, after }} count={counts[kind]} />
            </dd>
          </div>
        ))}
      </dl>
      <FigureTable
        name={t('evaluate.sideBySide')}
        heading={t('evaluate.figure')}
        keys={figures.map((figure) => figure.name)}
        names={figures.map((figure) => t(`evaluate.${figure.name}`))}
        columns={[
          { id: 'before', text: t('evaluate.before'), show: (row) => figureText(figures[row]!.before) },
          { id: 'after', text: t('evaluate.after'), show: (row) => figureText(figures[row]!.after) },
          {
            id: 'change',
            text: t('evaluate.change'),
            show: (row) => signed(figures[row]!.after - figures[row]!.before),
          },
        ]}
      />
      <FigureTable
        name={t('evaluate.changes')}
        heading={t('evaluate.column.name')}
        keys={labels.map(({ label }) => label)}
        names={labels.map(({ label }) => nameOf(label))}
        sortedBy="fixed"
        columns={[
          ...(hasThresholds ? pair('threshold', (value) => thresholdText(t, value)) : []),
          ...pair('f1', figureText),
          change,
          ...photosOf,
        ]}
      />
    </section>
  );
}
