import { useTranslation } from 'react-i18next';
import type { LabelSet, LabelSetKind } from '../../../core/tagging/label-set.ts';
import type { ImportPreview, ImportTarget } from '../../../protocol/label-sets.ts';
import { Checkbox } from '../../ui/Checkbox.tsx';
import { Select } from '../../ui/Select.tsx';
import { TextField } from '../../ui/TextField.tsx';

/** What a file's labels can be made into. */
function kindsFor(labels: ImportPreview['labels']): readonly LabelSetKind[] {
  // Of groups, one may want the labels only.
  const groups = new Set(labels.flatMap(({ group }) => group ?? []));
  if (groups.size > 1) return ['multi-output', 'multi-label'];
  if (groups.size === 1) return ['multi-output', 'multi-class', 'multi-label'];
  return labels.length === 1 ? ['multi-label', 'binary'] : ['multi-label', 'multi-class'];
}

/** Into which set labels are imported, and how what the file does not say is meant. */
export function ImportTargetFields({
  sets,
  preview: { target, labels, freeName, fileKind, groups },
  onChange,
}: {
  readonly sets: readonly LabelSet[];
  readonly preview: ImportPreview;
  readonly onChange: (part: Partial<ImportTarget>) => void;
}) {
  const { t } = useTranslation();
  const kinds = [...new Set([...kindsFor(labels), fileKind, target.kind])];
  return (
    <>
      {groups.length > 1 && (
        <fieldset className="labels-form__groups">
          <legend className="field__label">{t('labels.importGroups')}</legend>
          {groups.map(({ name, labels: count }) => {
            const taken = target.groups?.includes(name) === true;
            // Of none there would be nothing to import.
            const isLast = taken && target.groups?.length === 1;
            return (
              <Checkbox
                key={name}
                checked={taken}
                disabled={isLast}
                onChange={(wanted) =>
                  onChange({
                    groups: groups
                      .map((group) => group.name)
                      .filter((one) => (one === name ? wanted : target.groups?.includes(one) === true)),
                  })
                }
              >
                <bdi className="foreign-text">{name}</bdi>{' '}
                <span className="hint">{t('labels.labelCount', { count })}</span>
              </Checkbox>
            );
          })}
        </fieldset>
      )}
      <Select
        label={t('labels.importInto')}
        value={String(target.set ?? '')}
        onChange={(id) => {
          const set = sets.find((one) => String(one.id) === id);
          onChange(
            set === undefined
              ? { set: null, name: freeName, kind: fileKind }
              : { set: set.id, name: set.name, kind: set.kind },
          );
        }}
        options={[
          { value: '', label: t('labels.newSet') },
          ...sets.map(({ id, name }) => ({ value: String(id), label: name })),
        ]}
      />
      {target.set === null && (
        <>
          <TextField
            label={t('labels.setName')}
            value={target.name}
            onChange={(name) => onChange({ name })}
          />
          <Select<LabelSetKind>
            label={t('labels.kind')}
            value={target.kind}
            onChange={(kind) => onChange({ kind })}
            options={kinds.map((value) => ({ value, label: t(`labels.kinds.${value}`) }))}
          />
        </>
      )}
      {target.set !== null && (
        <Checkbox checked={target.addLabels} onChange={(addLabels) => onChange({ addLabels })}>
          {t('labels.addUnknown')}
        </Checkbox>
      )}
      {(target.kind === 'multi-label' || target.kind === 'binary') && (
        <Checkbox checked={target.fullyLabelled} onChange={(fullyLabelled) => onChange({ fullyLabelled })}>
          {t('labels.fileIsFull')}
        </Checkbox>
      )}
    </>
  );
}
