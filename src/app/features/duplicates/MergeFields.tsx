import { useTranslation } from 'react-i18next';
import type { MergeChoices } from '../../../core/dedup/merge.ts';
import { Checkbox } from '../../ui/Checkbox.tsx';
import { Select } from '../../ui/Select.tsx';

/** What the photos that are kept get of those that go. */
export function MergeFields({
  merge,
  onChange,
}: {
  readonly merge: MergeChoices;
  readonly onChange: (merge: MergeChoices) => void;
}) {
  const { t } = useTranslation();
  return (
    <fieldset className="plan__part plan__merge">
      <legend>{t('duplicates.merge')}</legend>
      <Checkbox checked={merge.tags} onChange={(tags) => onChange({ ...merge, tags })}>
        {t('duplicates.mergeTags')}
      </Checkbox>
      <Checkbox checked={merge.favourite} onChange={(favourite) => onChange({ ...merge, favourite })}>
        {t('duplicates.mergeFavourite')}
      </Checkbox>
      <Select<MergeChoices['captureDate']>
        label={t('duplicates.mergeDate')}
        value={merge.captureDate}
        options={(['leave', 'missing', 'oldest'] as const).map((value) => ({
          value,
          label: t(`duplicates.date.${value}`),
        }))}
        onChange={(captureDate) => onChange({ ...merge, captureDate })}
      />
      <Select<MergeChoices['name']>
        label={t('duplicates.mergeName')}
        value={merge.name}
        options={(['leave', 'camera'] as const).map((value) => ({
          value,
          label: t(`duplicates.name.${value}`),
        }))}
        onChange={(name) => onChange({ ...merge, name })}
      />
    </fieldset>
  );
}
