import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LabelNumber, Verdict } from '../../../core/tagging/label.ts';
import type { SetLabel } from '../../../core/tagging/label-set.ts';
import { navigate } from '../../engine/fragment.ts';
import { emptyFragment } from '../../engine/fragment-state.ts';
import { useEnginePart, useLibrary } from '../../engine/hooks.ts';
import { useChosenSet, useLabelSets } from '../../engine/label-sets.ts';
import { useAnswer } from '../../engine/use-answer.ts';
import { nameIn } from '../../i18n/name-in.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { LabelPad, type LabelState } from '../../ui/LabelPad.tsx';
import { Select } from '../../ui/Select.tsx';
import { showToast } from '../../ui/toasts.ts';
import { useLabelKeys } from '../../ui/use-label-keys.ts';
import { useUndoOffer } from '../../ui/use-undo-offer.ts';
import { SplitLabel } from './SplitLabel.tsx';

type Ids = Uint32Array<ArrayBuffer>;

/** Says of many photos which labels of a set they have: by a press or by the labels' keys (with Shift: have not). */
export default function BulkLabelDialog({
  ids,
  onClose,
}: {
  readonly ids: Ids;
  readonly onClose: () => void;
}) {
  const { t, i18n } = useTranslation();
  const library = useLibrary();
  const offerUndo = useUndoOffer();
  const sets = useLabelSets();
  const [set, choose] = useChosenSet(sets ?? []);
  const count = ids.length;
  /** As the library has it; `said` runs ahead of it. */
  const revision = useEnginePart((state) => state.status.contentRevision);
  const known = useAnswer(
    set === null ? null : () => library.verdictCounts(set.id, ids),
    `${set?.id} ${set?.labels.length} ${revision}`,
  );
  const [said, setSaid] = useState<ReadonlyMap<LabelNumber, Verdict | null>>(new Map());
  const stateOf = (label: LabelNumber): LabelState => {
    if (said.has(label)) return { verdict: said.get(label)!, score: null };
    const own = known?.find((one) => one.label === label);
    if (own === undefined) return { verdict: null, score: null };
    if (own.rejected === count) return { verdict: 'rejected', score: null };
    if (own.accepted === count) return { verdict: 'accepted', score: null };
    return { verdict: null, score: null, ...(own.accepted > 0 && { some: own.accepted }) };
  };

  const say = (label: SetLabel, verdict: Verdict | null) => {
    if (set === null) return;
    const isExclusive = set.kind === 'multi-class' || set.kind === 'multi-output';
    const rivals = set.labels.filter(
      ({ number, group }) => group === label.group && stateOf(number).verdict !== 'rejected',
    );
    setSaid((old) => {
      const next = new Map(old);
      if (isExclusive && verdict === 'accepted') for (const { number } of rivals) next.set(number, null);
      return next.set(label.number, verdict);
    });
    void tell(
      library.statePhotos(set.id, ids, { verdicts: [{ label: label.number, verdict }] }),
      verdict === 'accepted'
        ? t('labels.said', { count, label: nameIn(i18n.language, label) })
        : t('labels.stated', { count }),
    );
  };
  /** Where nothing changed, there is nothing to take back: undoing would take back what was done before. */
  const tell = async (changed: Promise<boolean>, text: string) => {
    if (await changed) offerUndo(text, takeBack);
    else showToast({ text: t('labels.saidAlready', { count }) });
  };
  const takeBack = () => {
    setSaid(new Map());
    return library.undo();
  };
  const state = (statement: Parameters<typeof library.statePhotos>[2]) => {
    if (set === null) return;
    void tell(library.statePhotos(set.id, ids, statement), t('labels.stated', { count }));
  };

  useLabelKeys(set, '[role="dialog"]', say);

  return (
    <Dialog
      title={t('labels.labelPhotos', { count })}
      isOpen
      onClose={onClose}
      footer={
        <Button variant="primary" onPress={onClose}>
          {t('ui.done')}
        </Button>
      }
    >
      {set === null ? (
        sets !== null && (
          <div className="bulk-tags">
            <p>{t('labels.emptyText')}</p>
            <Button onPress={() => navigate({ ...emptyFragment, screen: 'labels' })}>
              {t('labels.toLabels')}
            </Button>
          </div>
        )
      ) : (
        <div className="bulk-tags">
          <Select
            label={t('labels.set')}
            value={String(set.id)}
            options={sets!.map(({ id, name }) => ({ value: String(id), label: name }))}
            onChange={(id) => {
              choose(Number(id));
              setSaid(new Map());
            }}
          />
          <LabelPad set={set} stateOf={stateOf} onSay={say} />
          <p className="hint hint--keys">{t('labels.keysHint')}</p>
          <div className="bulk-tags__more">
            {set.kind === 'multi-label' && (
              <Button size="small" icon="check" onPress={() => state({ fullyLabelled: true })}>
                {t('labels.fullyLabelled')}
              </Button>
            )}
            <Button size="small" onPress={() => state({ side: 'train' })}>
              {t('labels.toTeach')}
            </Button>
            <Button size="small" onPress={() => state({ side: 'validation' })}>
              {t('labels.toJudge')}
            </Button>
            <Button
              size="small"
              variant="quiet"
              icon="undo"
              onPress={() => {
                setSaid(new Map());
                void tell(library.clearPhotos(set.id, ids), t('labels.cleared', { count }));
              }}
            >
              {t('labels.clear')}
            </Button>
          </div>
          {set.kind !== 'binary' && (
            <SplitLabel
              set={set}
              ids={ids}
              onSplit={(text) => {
                setSaid(new Map());
                offerUndo(text, takeBack);
              }}
            />
          )}
        </div>
      )}
    </Dialog>
  );
}
