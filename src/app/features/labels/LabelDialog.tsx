import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type LabelSet,
  labelColours,
  type SetLabel,
  type SetProblem,
} from '../../../core/tagging/label-set.ts';
import type { SetAnswer } from '../../../protocol/label-sets.ts';
import { useLibrary } from '../../engine/hooks.ts';
import { nameIn } from '../../i18n/name-in.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { LabelDot } from '../../ui/LabelPad.tsx';
import { Select } from '../../ui/Select.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { useUndoOffer } from '../../ui/use-undo-offer.ts';
import { namesIn } from './names-in.ts';
import { ProblemText } from './ProblemText.tsx';
import './labels-form.css';

const palette = Array.from({ length: labelColours }, (_, n) => n);

/** All about one label: names, key, colour, synonyms; merged into another, or deleted. */
export function LabelDialog({
  set,
  label,
  onClose,
}: {
  readonly set: LabelSet;
  readonly label: SetLabel;
  readonly onClose: () => void;
}) {
  const { t, i18n } = useTranslation();
  const nameOf = (one: SetLabel) => nameIn(i18n.language, one);
  const library = useLibrary();
  const offerUndo = useUndoOffer();
  const [en, setEn] = useState(label.names.en);
  const [zh, setZh] = useState(label.names.zh);
  const [shortcut, setShortcut] = useState(label.shortcut ?? '');
  const [synonyms, setSynonyms] = useState(label.synonyms.join(', '));
  const [colour, setColour] = useState(label.colour);
  const group = set.groups.find(({ id }) => id === label.group);
  const [groupName, setGroupName] = useState(group?.name ?? '');
  const [into, setInto] = useState('');
  const [problem, setProblem] = useState<SetProblem | null>(null);
  const form = useId();
  const rivals = set.labels.filter((other) => other !== label && other.group === label.group);

  const finish = (answer: SetAnswer, text: string | null) => {
    if (!answer.ok) {
      setProblem(answer.problem);
      return;
    }
    onClose();
    if (text !== null) offerUndo(text, () => library.undo());
  };
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (group !== undefined && groupName !== group.name) {
      const renamed = { kind: 'rename-group', group: group.id, name: groupName } as const;
      const answer = await library.editLabelSet(set.id, renamed);
      if (!answer.ok) return finish(answer, null);
    }
    const edit = { kind: 'change-label', label: label.number, en, zh, colour, shortcut } as const;
    finish(await library.editLabelSet(set.id, { ...edit, synonyms: namesIn(synonyms) }), null);
  };
  const merge = async () => {
    const target = set.labels.find(({ number }) => String(number) === into);
    if (target === undefined) return;
    const words = { name: nameOf(label), into: nameOf(target) };
    finish(await library.mergeSetLabels(set.id, label.number, target.number), t('labels.merged', words));
  };
  const remove = async () =>
    finish(
      await library.deleteSetLabel(set.id, label.number),
      t('labels.labelDeleted', { name: nameOf(label) }),
    );

  return (
    <Dialog
      title={t('labels.editLabel', { name: nameOf(label) })}
      isOpen
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('ui.cancel')}</Button>
          <Button variant="primary" type="submit" form={form}>
            {t('labels.save')}
          </Button>
        </>
      }
    >
      <form id={form} className="labels-form" onSubmit={(event) => void save(event)}>
        <TextField label={t('labels.nameEn')} value={en} onChange={setEn} />
        <TextField label={t('labels.nameZh')} value={zh} onChange={setZh} />
        <TextField
          label={t('labels.shortcut')}
          value={shortcut}
          onChange={(text) => setShortcut(/[a-z0-9]?$/i.exec(text)![0])}
        />
        <TextField label={t('labels.synonyms')} value={synonyms} onChange={setSynonyms} />
        {group !== undefined && (
          <TextField label={t('labels.groupName')} value={groupName} onChange={setGroupName} />
        )}
        <fieldset className="labels-form__colours">
          <legend className="field__label">{t('labels.colour')}</legend>
          {palette.map((n) => (
            <label key={n} className="labels-form__colour">
              <input
                type="radio"
                name="colour"
                className="visually-hidden"
                checked={n === colour}
                onChange={() => setColour(n)}
                aria-label={t('labels.colourNumber', { number: n + 1 })}
              />
              <LabelDot colour={n} />
            </label>
          ))}
        </fieldset>
        <ProblemText problem={problem} />
      </form>
      <div className="labels-form__row labels-form__ends">
        {rivals.length > 0 && (
          <span className="labels-form__merge">
            <Select
              label={t('labels.mergeInto')}
              value={into}
              onChange={setInto}
              options={[
                { value: '', label: '–' },
                ...rivals.map((rival) => ({ value: String(rival.number), label: nameOf(rival) })),
              ]}
            />
            <Button onPress={() => void merge()} isDisabled={into === ''}>
              {t('labels.merge')}
            </Button>
          </span>
        )}
        {set.kind !== 'binary' && (
          <Button icon="trash" onPress={() => void remove()}>
            {t('labels.deleteLabel')}
          </Button>
        )}
      </div>
    </Dialog>
  );
}
