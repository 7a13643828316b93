import { useTranslation } from 'react-i18next';
import type { LeftOut } from '../../../core/learning/teachable.ts';
import type { LabelNumber } from '../../../core/tagging/label.ts';
import type { LabelSet } from '../../../core/tagging/label-set.ts';
import type { TaughtSummary } from '../../../protocol/label-sets.ts';
import { useLabels } from '../../engine/hooks.ts';
import type { LabelTable } from '../../engine/labels.ts';
import { useFormat } from '../../i18n/format.ts';
import { Icon } from '../../ui/Icon.tsx';
import { neverGiven } from './never-given.ts';

/** The last teaching in words: on how many photos, judged how, how good, and what to be careful about. */
export function TeachReportText({ set, taught }: { readonly set: LabelSet; readonly taught: TaughtSummary }) {
  const { t } = useTranslation();
  const format = useFormat();
  const labels = useLabels();
  const { report } = taught;
  const isSigmoid = set.kind === 'multi-label' || set.kind === 'binary';
  const when = format.dateTime(taught.taughtAt);
  if (report === null) return <p className="hint">{t('labels.importedHead', { when })}</p>;
  const share = (value: number) => (Number.isNaN(value) ? '–' : format.score(value));
  const never = isSigmoid ? neverGiven(taught, labels) : [];
  const few = report.labels.filter(({ positives }) => positives < 10).length;
  return (
    <>
      <p>
        {t('labels.reportTaught', {
          count: report.photos,
          when,
          seconds: format.number(report.milliseconds / 1000, 1),
        })}{' '}
        {report.judging !== undefined
          ? t('labels.judgedOn', { count: report.judging })
          : t(report.heldOutBy === 'folds' ? 'labels.judgedByFolds' : 'labels.judgedBySplit')}
      </p>
      <ul className="teach__figures">
        {report.groups.map(({ name, accuracy, photos }) => (
          <li key={name} className="teach__figure">
            <strong className="numeric">{share(accuracy)}</strong>
            <span>
              {name === '' ? t('labels.accuracy') : t('labels.accuracyOf', { name })} ·{' '}
              {t('labels.judgedPhotos', { count: photos })}
            </span>
          </li>
        ))}
        {isSigmoid && (
          <li className="teach__figure">
            <strong className="numeric">{share(report.meanAveragePrecision)}</strong>
            <span>{t('labels.meanAveragePrecision')}</span>
          </li>
        )}
      </ul>
      <ul>
        {taught.stale && <Note text={t('labels.stale')} />}
        {taught.changed && <Note text={t('labels.changedSince')} />}
        {!report.together && <Note text={t('labels.notTogether')} />}
        {report.nearDuplicates > 0 && (
          <Note text={t('labels.nearDuplicates', { count: report.nearDuplicates })} />
        )}
        {report.moved > 0 && <Note text={t('labels.moved', { count: report.moved })} />}
        {few > 0 && <Note text={t('labels.fewPositives', { count: few })} />}
        {never.length > 0 && (
          <Note
            text={t('labels.neverGiven', {
              names: format.list(never.map((one) => labels.name(one, set.id))),
            })}
          />
        )}
        {report.notCalibrated.length > 0 && <Note text={t('labels.notCalibrated')} />}
        {!report.converged && <Note text={t('labels.notConverged')} />}
      </ul>
      {report.leftOut.length > 0 && <LeftOutList leftOut={report.leftOut} labels={labels} />}
    </>
  );
}

function Note({ text }: { readonly text: string }) {
  return (
    <li className="teach__note">
      <Icon name="info" size={16} /> {text}
    </li>
  );
}

/** Labels that could not be taught, and what each one lacks. */
export function LeftOutList({
  leftOut,
  labels,
}: {
  readonly leftOut: readonly LeftOut[];
  readonly labels: LabelTable;
}) {
  const { t } = useTranslation();
  return (
    <ul>
      {leftOut.map(({ label, reason, photos }) => {
        const known = labels.get(Number(label) as LabelNumber);
        const name = known === undefined ? label : labels.name(known, known.set);
        return <Note key={label} text={t(`labels.leftOut.${reason}`, { name, count: photos })} />;
      })}
    </ul>
  );
}
