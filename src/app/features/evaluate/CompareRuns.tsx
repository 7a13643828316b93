import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatRun, parseRun, presentRun } from '../../../core/evaluation/run.ts';
import { useAnswered } from '../../engine/use-answer.ts';
import { Select } from '../../ui/Select.tsx';
import { ComparedPart } from './ComparedPart.tsx';
import { KeepVersion } from './KeepVersion.tsx';
import { keptThresholds } from './kept-thresholds.ts';
import { isMoved, movedIn } from './moved-run.ts';
import type { ClassState, Figures, LabelState } from './use-figures.ts';
import { useVersions } from './use-versions.ts';

/** Chosen: the answers at the thresholds that were moved, whatever they are by now. */
const moving = 'moved';

/** Two runs side by side: kept versions, the present answers, those at moved thresholds. */
export function CompareRuns({
  set,
  figures: { compare },
  state,
}: {
  readonly set: string;
  readonly figures: Figures;
  readonly state: LabelState | ClassState;
}) {
  const { t } = useTranslation();
  const versions = useVersions(set);
  const [picked, setPicked] = useState<{ readonly before: string; readonly after: string } | null>(null);
  const moved = movedIn(state);
  const [latest] = versions.all ?? [];
  // What was moved is compared with what the set itself says, that with what was kept last.
  const chosen =
    picked ??
    (latest === undefined || isMoved(moved)
      ? { before: formatRun(presentRun), after: moving }
      : { before: formatRun({ version: latest.number }), after: formatRun(presentRun) });
  const runOf = (choice: string) =>
    choice === moving ? ({ version: null, moved } as const) : (parseRun(choice) ?? presentRun);
  const options = [
    { value: formatRun(presentRun), label: t('evaluate.runNow') },
    ...(isMoved(moved) || chosen.before === moving || chosen.after === moving
      ? [{ value: moving, label: t('evaluate.runMoved') }]
      : []),
    ...(versions.all ?? []).map(({ number, name }) => ({
      value: formatRun({ version: number }),
      label: name,
    })),
  ];
  // A version that was deleted meanwhile is compared no more.
  const known = (choice: string) =>
    options.some(({ value }) => value === choice) ? choice : options[0]!.value;
  const [before, after] = [runOf(known(chosen.before)), runOf(known(chosen.after))];
  const of = `${formatRun(before)} ${formatRun(after)}`;
  const isSame = formatRun(before) === formatRun(after);
  // While photos change, what was compared before stays.
  const compared = useAnswered(
    isSame ? null : async () => ({ of, sets: await compare(before, after) }),
    `${of} ${state.version}`,
  );
  const shown = !isSame && compared?.answer.of === of ? compared.answer : null;
  return (
    <section aria-labelledby="evaluate-changes" aria-busy={!isSame && shown === null}>
      <h2 className="evaluate__heading" id="evaluate-changes">
        {t('evaluate.changes')}
      </h2>
      <p className="evaluate__hint">{t('evaluate.changesText')}</p>
      <KeepVersion versions={versions} moved={keptThresholds(set)} />
      <div className="evaluate__controls">
        <Select
          label={t('evaluate.runBefore')}
          value={known(chosen.before)}
          options={options}
          onChange={(value) => setPicked({ ...chosen, before: value })}
        />
        <Select
          label={t('evaluate.runAfter')}
          value={known(chosen.after)}
          options={options}
          onChange={(value) => setPicked({ ...chosen, after: value })}
        />
      </div>
      {isSame && <p className="evaluate__nothing">{t('evaluate.noChanges')}</p>}
      {shown?.sets === null && <p className="evaluate__nothing">{t('evaluate.notComparable')}</p>}
      {shown?.sets?.photos === 0 && <p className="evaluate__nothing">{t('evaluate.nothingInCommon')}</p>}
      {shown?.sets?.parts.map(
        (part) =>
          (shown.sets?.photos ?? 0) > 0 && (
            <ComparedPart
              key={part.whole}
              set={set}
              part={part}
              photos={shown.sets?.photos ?? 0}
              before={before}
              after={after}
            />
          ),
      )}
    </section>
  );
}
