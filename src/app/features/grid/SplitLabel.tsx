import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LabelSet, SetProblem } from '../../../core/tagging/label-set.ts';
import { useLibrary } from '../../engine/hooks.ts';
import { nameIn } from '../../i18n/name-in.ts';
import { Button } from '../../ui/Button.tsx';
import { Select } from '../../ui/Select.tsx';
import { TextField } from '../../ui/TextField.tsx';

/** Splits a label in two: those of the given photos that have it get a new one in its place. */
export function SplitLabel({
  set,
  ids,
  onSplit,
}: {
  readonly set: LabelSet;
  readonly ids: Uint32Array<ArrayBuffer>;
  readonly onSplit: (text: string) => void;
}) {
  const { t, i18n } = useTranslation();
  const library = useLibrary();
  const [from, setFrom] = useState('');
  const [name, setName] = useState('');
  const [problem, setProblem] = useState<SetProblem | null>(null);
  const label = set.labels.find(({ number }) => String(number) === from) ?? set.labels[0];
  if (label === undefined) return null;
  const split = async () => {
    const answer = await library.splitSetLabel(set.id, label.number, ids, { name });
    setProblem(answer.ok ? null : answer.problem);
    if (!answer.ok) return;
    setName('');
    onSplit(t('labels.wasSplit', { name, from: nameIn(i18n.language, label) }));
  };
  return (
    <details>
      <summary>{t('labels.splitLabel')}</summary>
      <form
        className="bulk-tags__split"
        onSubmit={(event) => {
          event.preventDefault();
          void split();
        }}
      >
        <p className="hint">{t('labels.splitHint')}</p>
        <Select
          label={t('labels.label')}
          value={String(label.number)}
          options={set.labels.map((one) => ({
            value: String(one.number),
            label: nameIn(i18n.language, one),
          }))}
          onChange={setFrom}
        />
        <TextField label={t('labels.splitName')} value={name} onChange={setName} />
        <Button type="submit" size="small" isDisabled={name.trim() === ''}>
          {t('labels.split')}
        </Button>
        <p className="bulk-tags__problem" role="alert">
          {problem !== null && t(`labels.problems.${problem}`, { found: '' })}
        </p>
      </form>
    </details>
  );
}
