import { type RefObject, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { modelSet } from '../../../core/evaluation/cell.ts';
import type { PhotoId } from '../../../core/library/photo.ts';
import type { LikelyError } from '../../../protocol/figures.ts';
import { navigate } from '../../engine/fragment.ts';
import { useCell, useLabels, useLibrary, useThumbnail } from '../../engine/hooks.ts';
import { useAnswer } from '../../engine/use-answer.ts';
import { useNameOf } from '../../engine/use-name-of.ts';
import { useFormat } from '../../i18n/format.ts';
import { Button } from '../../ui/Button.tsx';
import { useUndoOffer } from '../../ui/use-undo-offer.ts';
import type { Figures } from './use-figures.ts';

/** By set: those that the person has found right in this session. */
const keptOf = new Map<string, ReadonlySet<string>>();

/** What was found right is what was said then: the contrary is another thing to look at. */
const keyOf = ({ photo, label, given }: LikelyError) => `${photo} ${given} ${label}`;

/** What was likely said wrongly, most suspect first, reviewed one by one. */
export function LikelyErrors({
  set,
  figures: { errors: ask },
  version,
}: {
  readonly set: string;
  readonly figures: Figures;
  /** Changes when photos did. */
  readonly version: number;
}) {
  const { t } = useTranslation();
  const errors = useAnswer(ask, version);
  const [kept, setKept] = useState<ReadonlySet<string>>(keptOf.get(set) ?? new Set());
  /** That the person has just dealt with one: only then the next takes the focus. */
  const acted = useRef(false);
  const left = errors?.filter((error) => !kept.has(keyOf(error))) ?? [];
  const next = left[0];
  return (
    <section aria-labelledby="evaluate-errors" aria-busy={errors === null}>
      <h2 className="evaluate__heading" id="evaluate-errors">
        {t('evaluate.errors')}
      </h2>
      <p className="evaluate__hint">{t('evaluate.errorsText')}</p>
      <p role="status" className="evaluate__hint">
        {errors !== null && left.length > 0 && t('evaluate.errorsLeft', { count: left.length })}
        {errors !== null && left.length === 0 && t('evaluate.errorsNone')}
      </p>
      {next !== undefined && (
        <Suspect
          key={keyOf(next)}
          set={set}
          error={next}
          acted={acted}
          onKeep={() => {
            const all = new Set([...kept, keyOf(next)]);
            keptOf.set(set, all);
            setKept(all);
          }}
        />
      )}
    </section>
  );
}

function Suspect({
  set,
  error,
  acted,
  onKeep,
}: {
  readonly set: string;
  readonly error: LikelyError;
  readonly acted: RefObject<boolean>;
  readonly onKeep: () => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const library = useLibrary();
  const offerUndo = useUndoOffer();
  const labels = useLabels();
  const nameOf = useNameOf();
  const id = error.photo as PhotoId;
  const thumbnail = useThumbnail(id);
  const cell = useCell(id);
  const keep = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (acted.current) keep.current?.focus();
    acted.current = false;
  }, [acted]);
  const label = nameOf(error.label);
  const suggested = error.suggested === null ? null : nameOf(error.suggested);
  const words = { label, share: format.percent(error.selfConfidence) };
  const correct = async () => {
    const ids = Uint32Array.of(id);
    const number = labels.byId(error.suggested ?? error.label)?.number;
    if (number === undefined) return;
    acted.current = true;
    const verdict = error.suggested !== null || !error.given ? 'accepted' : 'rejected';
    if (set === modelSet) await library.judge(ids, number, verdict);
    else await library.statePhotos(Number(set), ids, { verdicts: [{ label: number, verdict }] });
    offerUndo(t('evaluate.corrected', { label: suggested ?? label }), () => library.undo());
  };
  return (
    <article className="suspect" aria-label={cell?.name ?? ''}>
      <button
        type="button"
        className="suspect__photo"
        aria-label={t('evaluate.openPhoto', { name: cell?.name ?? '' })}
        onClick={() => navigate({ photo: id })}
      >
        {thumbnail !== null && <img src={thumbnail} alt="" />}
      </button>
      <div className="suspect__words">
        <p>
          {suggested !== null
            ? t('evaluate.saidClass', { ...words, suggested })
            : error.given
              ? t('evaluate.saidYes', words)
              : t('evaluate.saidNo', words)}
        </p>
        <div className="evaluate__controls">
          <Button
            ref={keep}
            icon="check"
            onPress={() => {
              acted.current = true;
              onKeep();
            }}
          >
            {t('evaluate.keep')}
          </Button>
          <Button icon="retry" onPress={() => void correct()}>
            {suggested !== null
              ? t('evaluate.makeIt', { label: suggested })
              : error.given
                ? t('evaluate.takeAway', { label })
                : t('evaluate.giveIt', { label })}
          </Button>
        </div>
      </div>
    </article>
  );
}
