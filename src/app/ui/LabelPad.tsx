import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LabelNumber, Verdict } from '../../core/tagging/label.ts';
import { foldedName, type LabelSet, type SetLabel } from '../../core/tagging/label-set.ts';
import { formatScore } from '../i18n/format.ts';
import { nameIn } from '../i18n/name-in.ts';
import { Icon } from './Icon.tsx';
import { TextField } from './TextField.tsx';
import './label-pad.css';

export interface LabelState {
  readonly verdict: Verdict | null;
  /** 0..1; null: none. */
  readonly score: number | null;
  /** Of several photos: how many of them have the label, where only some do. */
  readonly some?: number;
}

/** The drawn colour of a label; its name always stands beside it. */
export function LabelDot({ colour }: { readonly colour: number }) {
  return <span className={`label-dot label-dot--${colour}`} aria-hidden="true" />;
}

/** Of more labels one is found by typing, as not all of them have a key. */
const mostAtAGlance = 30;

/** The labels of a set as buttons, group by group: there, ruled out, or neither. */
export function LabelPad({
  set,
  stateOf,
  onSay,
}: {
  readonly set: LabelSet;
  readonly stateOf: (label: LabelNumber) => LabelState;
  readonly onSay: (label: SetLabel, verdict: Verdict | null) => void;
}) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const wanted = foldedName(text);
  const isWanted = ({ names, synonyms }: SetLabel) =>
    [names.en, names.zh, ...synonyms].some((name) => foldedName(name).includes(wanted));
  const first = wanted === '' ? undefined : set.labels.find(isWanted);
  const groups =
    set.groups.length === 0
      ? [{ id: null, name: '' }]
      : set.groups.map(({ id, name }) => ({ id: id as number | null, name }));
  return (
    <div className="label-pad">
      {set.labels.length > mostAtAGlance && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (first === undefined) return;
            onSay(first, 'accepted');
            setText('');
          }}
        >
          <TextField
            label={t('labels.findLabel')}
            placeholder={t('labels.findThenEnter')}
            labelHidden
            type="search"
            icon="search"
            value={text}
            onChange={setText}
          />
        </form>
      )}
      {groups.map(({ id, name }) => (
        <fieldset key={id ?? 0} className="label-pad__group">
          <legend className={name === '' ? 'visually-hidden' : 'label-pad__title foreign-text'}>
            {name === '' ? set.name : name}
          </legend>
          {set.labels
            .filter((label) => label.group === id && isWanted(label))
            .map((label) => (
              <PadLabel key={label.number} label={label} state={stateOf(label.number)} onSay={onSay} />
            ))}
        </fieldset>
      ))}
    </div>
  );
}

function PadLabel({
  label,
  state: { verdict, score, some },
  onSay,
}: {
  readonly label: SetLabel;
  readonly state: LabelState;
  readonly onSay: (label: SetLabel, verdict: Verdict | null) => void;
}) {
  const { t, i18n } = useTranslation();
  const name = nameIn(i18n.language, label);
  return (
    <span className={`label-pad__label ${verdict === null ? '' : `label-pad__label--${verdict}`}`}>
      <button
        type="button"
        className="label-pad__main"
        aria-pressed={some === undefined ? verdict === 'accepted' : 'mixed'}
        aria-keyshortcuts={label.shortcut ?? undefined}
        onClick={() => onSay(label, verdict === 'accepted' ? null : 'accepted')}
      >
        <LabelDot colour={label.colour} />
        <bdi className="label-pad__name foreign-text">{name}</bdi>
        {score !== null && <span className="label-pad__score numeric">{formatScore(score)}</span>}
        {some !== undefined && (
          <span className="label-pad__score numeric">{t('labels.ofThese', { count: some })}</span>
        )}
        {label.shortcut !== null && (
          <span className="label-key" aria-hidden="true">
            {label.shortcut}
          </span>
        )}
      </button>
      <button
        type="button"
        className="label-pad__not"
        aria-label={t('labels.ruleOut', { name })}
        title={t('labels.ruleOut', { name })}
        aria-pressed={verdict === 'rejected'}
        onClick={() => onSay(label, verdict === 'rejected' ? null : 'rejected')}
      >
        <Icon name="minus" size={14} />
      </button>
    </span>
  );
}

/** The label that a key says; Shift rules it out. Null: none. */
export function labelOfKey(
  set: LabelSet,
  event: { readonly key: string; readonly shiftKey: boolean; readonly code: string },
): { readonly label: SetLabel; readonly verdict: Verdict } | null {
  // With Shift a digit's key gives another sign; its code still tells the digit.
  const key = /^Digit\d$/.test(event.code) ? event.code.slice(-1) : event.key.toLowerCase();
  const label = set.labels.find(({ shortcut }) => shortcut === key);
  return label === undefined ? null : { label, verdict: event.shiftKey ? 'rejected' : 'accepted' };
}
