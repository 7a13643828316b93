import { useTranslation } from 'react-i18next';
import type { LabelNumber } from '../../../core/tagging/label.ts';
import { useEnginePart, useLabels, useLibrary } from '../../engine/hooks.ts';
import { useAnswer } from '../../engine/use-answer.ts';
import { Button } from '../../ui/Button.tsx';
import { showToast } from '../../ui/toasts.ts';
import { useUndoOffer } from '../../ui/use-undo-offer.ts';
import type { ClassState, Figures, LabelState } from './use-figures.ts';

/** Takes the thresholds that were moved for the taught set's own: the tags of all photos follow. */
export function UseThresholds({
  set,
  state,
  move,
}: {
  readonly set: string;
  readonly state: LabelState | ClassState;
  readonly move: Figures['move'];
}) {
  const { t } = useTranslation();
  const library = useLibrary();
  const labels = useLabels();
  const offerUndo = useUndoOffer();
  const heads = useAnswer(
    () => library.taughtSets(),
    useEnginePart((state) => state.labels),
  );
  const version = heads?.find((head) => String(head.set) === set)?.version;
  const own =
    state.kind === 'labels'
      ? state.figures.ownThresholds
      : Float64Array.from(state.groups, ({ ownThreshold }) => ownThreshold);
  const now =
    state.kind === 'labels'
      ? state.figures.thresholds
      : Float64Array.from(state.groups, ({ threshold }) => threshold);
  if (version === undefined || now.every((threshold, n) => threshold === own[n])) return null;

  const asTold = (thresholds: Float64Array) => {
    if (state.kind === 'classes') return { version, leastProbability: thresholds[0]! };
    const wanted = state.figures.labels.flatMap((id, n): [LabelNumber, number | null][] => {
      const number = labels.byId(id)?.number;
      if (number === undefined || now[n] === own[n]) return [];
      const threshold = thresholds[n]!;
      return [[number, threshold > 1 ? null : threshold]];
    });
    return { version, labels: new Map(wanted) };
  };
  const take = async () => {
    const [wanted, before] = [asTold(now), asTold(own)];
    // From here on they are the set's own, not moved ones.
    move(own);
    const use = async (thresholds: typeof wanted) => {
      const isUsed = await library.setThresholds(Number(set), thresholds);
      if (!isUsed) showToast({ text: t('evaluate.thresholdsNotUsed') });
      return isUsed;
    };
    // Those of one teaching are not for the next.
    if (await use(wanted)) offerUndo(t('evaluate.thresholdsUsed'), () => use(before));
  };
  return (
    <p className="evaluate__controls">
      <Button size="small" icon="check" onPress={() => void take()}>
        {t('evaluate.useThresholds')}
      </Button>
      <span className="evaluate__hint">{t('evaluate.useThresholdsText')}</span>
    </p>
  );
}
