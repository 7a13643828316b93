import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LabelSet, SetLabel, SplitSide } from '../../../core/tagging/label-set.ts';
import type { LabelDictionary, TeachReport } from '../../../protocol/label-sets.ts';
import { navigate } from '../../engine/fragment.ts';
import { emptyFragment } from '../../engine/fragment-state.ts';
import { useLabels } from '../../engine/hooks.ts';
import { useFormat } from '../../i18n/format.ts';
import { nameIn } from '../../i18n/name-in.ts';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { LabelDot } from '../../ui/LabelPad.tsx';
import { LabelDialog } from './LabelDialog.tsx';
import { SaidLink } from './SaidLink.tsx';

/** So many rows at first: what follows the table is reached without scrolling through hundreds. */
const shownAtFirst = 40;

/** Each label with how many photos have it, have it not, and stand on which side of the split. */
export function DictionaryTable({
  set,
  dictionary,
  report,
}: {
  readonly set: LabelSet;
  readonly dictionary: LabelDictionary;
  /** Of the last teaching: how good each label is on photos that its model never saw. */
  readonly report: TeachReport | null;
}) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const table = useLabels();
  const [editing, setEditing] = useState<SetLabel | null>(null);
  const [whole, setWhole] = useState(false);
  const counts = new Map(dictionary.labels.map((label) => [label.label, label]));
  const hasSplit = dictionary.train + dictionary.validation > 0;
  const groups = new Map(set.groups.map(({ id, name }) => [id, name]));
  const nameOf = (label: SetLabel) => nameIn(i18n.language, label);
  const share = (value: number | undefined) =>
    value === undefined || Number.isNaN(value) ? '–' : format.score(value);
  const show = (label: SetLabel) => {
    const known = table.get(label.number);
    if (known !== undefined) navigate({ ...emptyFragment, allOf: [known.id] });
  };
  const link = (label: SetLabel, said: 'present' | 'absent', count: number | undefined, side?: SplitSide) => {
    const id = table.get(label.number)?.id;
    if (id === undefined) return null;
    const meant = said === 'present' ? { said, label: id, other: null } : { said, label: id };
    return <SaidLink set={set.id} said={meant} count={count ?? 0} {...(side !== undefined && { side })} />;
  };
  return (
    <div className="dictionary">
      <table className="dictionary__table">
        <caption className="visually-hidden">{t('labels.dictionary')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('labels.label')}</th>
            {set.groups.length > 0 && <th scope="col">{t('labels.group')}</th>}
            <th scope="col" className="dictionary__key">
              {t('labels.key')}
            </th>
            <th scope="col">{t('labels.present')}</th>
            <th scope="col">{t('labels.absent')}</th>
            {hasSplit && <th scope="col">{t('labels.train')}</th>}
            {hasSplit && <th scope="col">{t('labels.validation')}</th>}
            {report !== null && <th scope="col">{t('labels.f1')}</th>}
            {report !== null && (
              <th scope="col" className="dictionary__more">
                {t('labels.averagePrecision')}
              </th>
            )}
            <th scope="col">
              <span className="visually-hidden">{t('labels.actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {(whole ? set.labels : set.labels.slice(0, shownAtFirst)).map((label) => {
            const count = counts.get(label.number);
            const name = nameOf(label);
            const figures = report?.labels.find((one) => one.label === String(label.number));
            return (
              <tr key={label.number}>
                <th scope="row">
                  <button type="button" className="dictionary__name" onClick={() => show(label)}>
                    <LabelDot colour={label.colour} />
                    <bdi className="foreign-text">{name}</bdi>
                  </button>
                </th>
                {set.groups.length > 0 && <td className="foreign-text">{groups.get(label.group ?? 0)}</td>}
                <td className="dictionary__key">
                  {label.shortcut !== null && <kbd className="label-key">{label.shortcut}</kbd>}
                </td>
                <td className="numeric">{link(label, 'present', count?.present)}</td>
                <td className="numeric">{link(label, 'absent', count?.absent)}</td>
                {hasSplit && <td className="numeric">{link(label, 'present', count?.train, 'train')}</td>}
                {hasSplit && (
                  <td className="numeric">{link(label, 'present', count?.validation, 'validation')}</td>
                )}
                {report !== null && <td className="numeric">{share(figures?.f1)}</td>}
                {report !== null && (
                  <td className="numeric dictionary__more">{share(figures?.averagePrecision)}</td>
                )}
                <td className="dictionary__actions">
                  <IconButton
                    size="small"
                    icon="pencil"
                    label={t('labels.editLabel', { name })}
                    onPress={() => setEditing(label)}
                  />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {!whole && set.labels.length > shownAtFirst && (
        <Button variant="quiet" onPress={() => setWhole(true)}>
          {t('labels.showAll', { count: set.labels.length })}
        </Button>
      )}
      {set.labels.length === 0 && <p className="hint">{t('labels.noLabels')}</p>}
      {editing !== null && <LabelDialog set={set} label={editing} onClose={() => setEditing(null)} />}
    </div>
  );
}
