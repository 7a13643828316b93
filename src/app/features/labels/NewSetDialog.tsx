import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LabelSet, LabelSetKind, SetProblem } from '../../../core/tagging/label-set.ts';
import { useLibrary } from '../../engine/hooks.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Select } from '../../ui/Select.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { ProblemText } from './ProblemText.tsx';
import { draftOf } from './set-draft.ts';
import './labels-form.css';

const kinds: readonly LabelSetKind[] = ['multi-label', 'multi-class', 'multi-output', 'binary'];

export function NewSetDialog({
  onClose,
  onMade,
}: {
  readonly onClose: () => void;
  readonly onMade: (set: LabelSet) => void;
}) {
  const { t } = useTranslation();
  const library = useLibrary();
  const [name, setName] = useState('');
  const [kind, setKind] = useState<LabelSetKind>('multi-label');
  const [labels, setLabels] = useState('');
  const [problem, setProblem] = useState<SetProblem | null>(null);
  const form = useId();
  const field = useId();
  const make = async (event: FormEvent) => {
    event.preventDefault();
    const answer = await library.makeLabelSet(draftOf(name, kind, labels));
    if (answer.ok) onMade(answer.set);
    else setProblem(answer.problem);
  };
  return (
    <Dialog
      title={t('labels.newSet')}
      isOpen
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('ui.cancel')}</Button>
          <Button variant="primary" type="submit" form={form} isDisabled={name.trim() === ''}>
            {t('labels.make')}
          </Button>
        </>
      }
    >
      <form id={form} className="labels-form" onSubmit={(event) => void make(event)}>
        <TextField label={t('labels.setName')} autoFocus value={name} onChange={setName} />
        <Select
          label={t('labels.kind')}
          value={kind}
          onChange={setKind}
          options={kinds.map((value) => ({ value, label: t(`labels.kinds.${value}`) }))}
        />
        <p className="hint">{t(`labels.kindHints.${kind}`)}</p>
        <span className="field">
          <label className="field__label" htmlFor={field}>
            {t('labels.labelsField')}
          </label>
          <textarea
            id={field}
            className="labels-form__text"
            rows={kind === 'multi-output' ? 4 : 3}
            value={labels}
            placeholder={t(`labels.labelExamples.${kind}`)}
            onChange={(event) => setLabels(event.currentTarget.value)}
          />
        </span>
        <ProblemText problem={problem} />
      </form>
    </Dialog>
  );
}
