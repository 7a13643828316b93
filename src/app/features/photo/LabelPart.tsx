import { useTranslation } from 'react-i18next';
import type { PhotoDetail } from '../../../core/library/photo-cell.ts';
import type { Verdict } from '../../../core/tagging/label.ts';
import type { SetLabel } from '../../../core/tagging/label-set.ts';
import { useLibrary } from '../../engine/hooks.ts';
import { useChosenSet, useLabelSets } from '../../engine/label-sets.ts';
import { useStoredFlag } from '../../engine/use-remembered.ts';
import { nameIn } from '../../i18n/name-in.ts';
import { Checkbox } from '../../ui/Checkbox.tsx';
import { LabelPad } from '../../ui/LabelPad.tsx';
import { Select } from '../../ui/Select.tsx';
import { useLabelKeys } from '../../ui/use-label-keys.ts';
import { useKeys } from './use-keys.ts';
import { useVerdictToast } from './use-verdict-toast.ts';

/** A label set's labels of the open photo: said by a press, or by their keys once L has switched these on. */
export default function LabelPart({ photo }: { readonly photo: PhotoDetail }) {
  const { t, i18n } = useTranslation();
  const library = useLibrary();
  const tell = useVerdictToast();
  const sets = (useLabelSets() ?? []).filter(({ labels }) => labels.length > 0);
  const [set, choose] = useChosenSet(sets);
  const [byKeys, setByKeys] = useStoredFlag('picsift.photo-label-keys', false);
  const scores = new Map(photo.labels.map((score) => [score.label, score]));

  const say = (label: SetLabel, verdict: Verdict | null) => {
    if (set === null) return;
    void library.statePhotos(set.id, Uint32Array.of(photo.id), {
      verdicts: [{ label: label.number, verdict }],
    });
    tell(nameIn(i18n.language, label), verdict);
  };
  useLabelKeys(byKeys ? set : null, '.photo-view', (label, verdict) => {
    say(label, scores.get(label.number)?.verdict === verdict ? null : verdict);
  });
  useKeys((key) => {
    if (key !== 'l' || set === null) return false;
    setByKeys(!byKeys);
    return true;
  });

  if (set === null) return null;
  return (
    <section className="photo-part" aria-labelledby="photo-set">
      <h2 className="photo-part__title" id="photo-set">
        {t('labels.set')}
      </h2>
      {sets.length > 1 && (
        <Select
          label={t('labels.set')}
          labelHidden
          value={String(set.id)}
          options={sets.map(({ id, name }) => ({ value: String(id), label: name }))}
          onChange={(id) => choose(Number(id))}
        />
      )}
      <LabelPad
        set={set}
        stateOf={(label) => ({
          verdict: scores.get(label)?.verdict ?? null,
          score: scores.get(label)?.score ?? null,
        })}
        onSay={say}
      />
      <Checkbox kind="switch" checked={byKeys} onChange={setByKeys}>
        {t('labels.byKeys')}
      </Checkbox>
      {byKeys && <p className="hint">{t('labels.byKeysHint')}</p>}
    </section>
  );
}
