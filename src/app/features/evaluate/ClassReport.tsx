import { useTranslation } from 'react-i18next';
import { navigate, useFragment } from '../../engine/fragment.ts';
import { Segmented } from '../../ui/Segmented.tsx';
import { ClassGroup } from './ClassGroup.tsx';
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
  const shown = part === 'errors' ? 'errors' : 'labels';
  return (
    <>
      <Segmented
        label={t('evaluate.parts')}
        options={[
          { value: 'labels', label: t('evaluate.figures') },
          { value: 'errors', label: t('evaluate.partErrors') },
        ]}
        value={shown}
        onChange={(value) => navigate({ part: value }, 'replace')}
      />
      {shown === 'errors' ? (
        <LikelyErrors set={set} figures={figures} version={state.version} />
      ) : (
        state.groups.map((group, n) => (
          <ClassGroup
            key={group.classes.join()}
            set={set}
            group={group}
            intervals={state.intervals.get(n) ?? null}
          />
        ))
      )}
    </>
  );
}
