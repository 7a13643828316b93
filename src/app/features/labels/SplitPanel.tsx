import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LabelSet } from '../../../core/tagging/label-set.ts';
import type { LabelDictionary } from '../../../protocol/label-sets.ts';
import { useLibrary } from '../../engine/hooks.ts';
import { useFormat } from '../../i18n/format.ts';
import { Button } from '../../ui/Button.tsx';
import { Checkbox } from '../../ui/Checkbox.tsx';
import { PercentField } from '../../ui/PercentField.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { showToast } from '../../ui/toasts.ts';
import { useUndoOffer } from '../../ui/use-undo-offer.ts';
import './teach.css';

/** Which photos teach and which judge: as folds, or on two sides that stay. */
export function SplitPanel({
  set,
  dictionary: { train, validation, labelled },
}: {
  readonly set: LabelSet;
  readonly dictionary: LabelDictionary;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const library = useLibrary();
  const offerUndo = useUndoOffer();
  const [share, setShare] = useState('20');
  const [seed, setSeed] = useState('1');
  const [together, setTogether] = useState(true);
  const [busy, setBusy] = useState(false);
  const hasSplit = train + validation > 0;
  const percent = Number(share);
  const isWhole = (text: string) => /^\d{1,9}$/.test(text.trim());

  const split = async (whole: boolean) => {
    setBusy(true);
    try {
      const choices = { share: percent / 100, seed: Number(seed), together };
      const answer = await library.splitPhotos(set.id, whole ? choices : null);
      if (whole && answer === null) {
        showToast({ text: t('labels.sidesNotYet') });
        return;
      }
      const text =
        answer === null
          ? t('labels.sidesCleared')
          : t('labels.sidesDone', {
              train: format.number(answer.train),
              validation: format.number(answer.validation),
            });
      if (answer?.changed === false) showToast({ text });
      else offerUndo(text, () => library.undo());
    } finally {
      setBusy(false);
    }
  };

  return (
    <section aria-labelledby="split-title" className="teach" aria-busy={busy}>
      <h2 className="set-page__part" id="split-title">
        {t('labels.sides')}
      </h2>
      <p className="hint">{t('labels.sidesHint')}</p>
      <p role="status">
        {hasSplit
          ? t('labels.sidesAre', {
              train: format.number(train),
              validation: format.number(validation),
              rest: format.number(Math.max(0, labelled - train - validation)),
            })
          : t('labels.sidesNone')}
      </p>
      <form
        className="teach__options"
        onSubmit={(event) => {
          event.preventDefault();
          void split(true);
        }}
      >
        <PercentField label={t('labels.sidesShare')} max={99} value={share} onChange={setShare} />
        <TextField
          label={t('labels.sidesSeed')}
          type="number"
          min={0}
          max={999_999_999}
          value={seed}
          onChange={setSeed}
        />
        <Checkbox checked={together} onChange={setTogether}>
          {t('labels.keepTogether')}
        </Checkbox>
        <Button
          type="submit"
          isDisabled={busy || labelled === 0 || !(percent >= 1 && percent <= 99) || !isWhole(seed)}
        >
          {t('labels.sidesSplit')}
        </Button>
        {hasSplit && (
          <Button variant="quiet" icon="undo" isDisabled={busy} onPress={() => void split(false)}>
            {t('labels.sidesClear')}
          </Button>
        )}
      </form>
    </section>
  );
}
