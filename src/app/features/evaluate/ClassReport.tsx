import { useTranslation } from 'react-i18next';
import { navigate, useFragment } from '../../engine/fragment.ts';
import { Segmented } from '../../ui/Segmented.tsx';
import { ClassGroup } from './ClassGroup.tsx';
import { CompareRuns } from './CompareRuns.tsx';
import { LikelyErrors } from './LikelyErrors.tsx';
import type { ClassState, Figures } from './use-figures.ts';

/** The figures of a set in which each photo has one class, or one of each of several groups. */
export function ClassReport({
  set,
  figures,
  state,
}: {
  readonly set: string;
  readonly figures: Figures;
  readonly state: ClassState;
}) {
  const { t } = useTranslation();
  const { part } = useFragment();
  const shown = part === 'errors' || part === 'changes' ? part : 'labels';
  return (
    <>
      <Segmented
        label={t('evaluate.parts')}
        options={[
          { value: 'labels', label: t('evaluate.figures') },
          { value: 'errors', label: t('evaluate.partErrors') },
          { value: 'changes', label: t('evaluate.partChanges') },
        ]}
        value={shown}
        onChange={(value) => navigate({ part: value, label: null }, 'replace')}
      />
      {shown === 'errors' && <LikelyErrors set={set} figures={figures} version={state.version} />}
      {shown === 'changes' && <CompareRuns set={set} figures={figures} state={state} />}
      {shown === 'labels' &&
        state.groups.map((group, n) => (
          <ClassGroup key={group.classes.join()} set={set} number={n} figures={figures} state={state} />
        ))}
    </>
  );
}
