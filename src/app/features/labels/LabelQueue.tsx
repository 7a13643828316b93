import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PhotoId } from '../../../core/library/photo.ts';
import type { LabelNumber, Verdict } from '../../../core/tagging/label.ts';
import type { LabelSet, SetLabel } from '../../../core/tagging/label-set.ts';
import type { QueueOrder } from '../../../protocol/label-sets.ts';
import { useLibrary, usePhoto } from '../../engine/hooks.ts';
import { useAnswered } from '../../engine/use-answer.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { LabelPad, labelOfKey } from '../../ui/LabelPad.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { QueuePicture } from './QueuePicture.tsx';
import './queue.css';
import './labels-form.css';

const batch = 40;

/** One photo after the other, the most useful first: labelled by keys, or agreed with what the head says. */
export function LabelQueue({
  set,
  isTaught,
  onClose,
}: {
  readonly set: LabelSet;
  readonly isTaught: boolean;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const library = useLibrary();
  const [order, setOrder] = useState<QueueOrder>('diverse');
  const [turn, setTurn] = useState(0);
  const [at, setAt] = useState(0);
  const key = `${order} ${turn}`;
  const queued = useAnswered(() => library.labelQueue(set.id, order, batch), key);
  const ids = queued?.question === key ? queued.answer : undefined;
  const id = ids?.[at] as PhotoId | undefined;
  const again = (next: QueueOrder) => {
    setOrder(next);
    setTurn(turn + 1);
    setAt(0);
  };
  const orders = isTaught ? (['uncertain', 'diverse', 'wrong'] as const) : (['diverse'] as const);
  return (
    <section className="set-page" aria-label={t('labels.queue')}>
      <header className="queue__bar">
        <IconButton icon="arrow-left" label={t('labels.leaveQueue')} onPress={onClose} />
        <h1 className="set-page__name foreign-text">{set.name}</h1>
        {orders.length > 1 && (
          <Segmented<QueueOrder>
            size="small"
            label={t('labels.queueOrder')}
            value={order}
            onChange={again}
            options={orders.map((value) => ({ value, label: t(`labels.queueOrders.${value}`) }))}
          />
        )}
      </header>
      <p className="hint">{t(`labels.queueHints.${order}`)}</p>
      {ids === undefined ? (
        <div className="queue" aria-busy="true" />
      ) : id === undefined ? (
        <EmptyState icon="check" title={t('labels.queueEmpty')} text={t('labels.queueEmptyText')}>
          <Button variant="primary" icon="retry" onPress={() => again(order)}>
            {t('labels.queueMore')}
          </Button>
        </EmptyState>
      ) : (
        <QueuedPhoto
          key={id}
          set={set}
          id={id}
          position={t('labels.queuePosition', { position: at + 1, total: ids!.length })}
          onNext={() => setAt(at + 1)}
          onBack={() => setAt(Math.max(0, at - 1))}
        />
      )}
    </section>
  );
}

function QueuedPhoto({
  set,
  id,
  position,
  onNext,
  onBack,
}: {
  readonly set: LabelSet;
  readonly id: PhotoId;
  readonly position: string;
  readonly onNext: () => void;
  readonly onBack: () => void;
}) {
  const { t } = useTranslation();
  const library = useLibrary();
  const photo = usePhoto(id);
  const scores = useMemo(() => new Map(photo?.labels.map((score) => [score.label, score])), [photo]);
  const verdictOf = (label: LabelNumber) => scores.get(label)?.verdict ?? null;
  const suggested = set.labels.filter(({ number }) => {
    const own = scores.get(number);
    const counts =
      own !== undefined && own.score !== null && own.threshold !== null && own.score >= own.threshold;
    return counts && own.verdict === null;
  });
  const ids = Uint32Array.of(id);
  const isSingle = set.kind === 'multi-class' || set.kind === 'binary';

  // Nobody can say anything of what is not shown yet.
  const say = (label: SetLabel, verdict: Verdict | null) => {
    if (photo === null) return;
    void library.statePhotos(set.id, ids, { verdicts: [{ label: label.number, verdict }] });
    if (isSingle && verdict !== null && (verdict === 'accepted' || set.kind === 'binary')) onNext();
  };
  const agree = () => {
    if (photo === null) return;
    void library.statePhotos(set.id, ids, {
      verdicts: suggested.map(({ number }) => ({ label: number, verdict: 'accepted' })),
      ...(set.kind === 'multi-label' && { fullyLabelled: true }),
    });
    onNext();
  };
  const disagree = () => {
    if (photo === null) return;
    void library.statePhotos(set.id, ids, {
      verdicts: suggested.map(({ number }) => ({ label: number, verdict: 'rejected' })),
    });
    if (set.kind === 'binary') onNext();
  };

  const latest = useRef({ say, agree, disagree, onNext, onBack });
  latest.current = { say, agree, disagree, onNext, onBack };
  useLayoutEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      // A key held down pages on and back, but says nothing of the photos that come by.
      if (event.repeat && event.key !== 'ArrowRight' && event.key !== 'ArrowLeft') return;
      const { target } = event;
      if (
        target instanceof Element &&
        target.closest('input:not([type="radio"]), textarea, select, [role="dialog"]') !== null
      )
        return;
      const onButton = target instanceof Element && target.closest('button, a') !== null;
      const found = labelOfKey(set, event);
      if (found !== null) latest.current.say(found.label, found.verdict);
      else if (event.key === 'Enter' && !onButton) latest.current.agree();
      else if (event.key === 'Backspace') latest.current.disagree();
      else if (target instanceof HTMLInputElement)
        return; // the arrows choose the order there
      else if (event.key === 'ArrowRight') latest.current.onNext();
      else if (event.key === 'ArrowLeft') latest.current.onBack();
      else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, [set]);

  return (
    <div className="queue">
      <QueuePicture id={id} name={photo?.name ?? ''} />
      <div className="queue__side">
        <p className="hint" role="status">
          {position} · <bdi className="foreign-text">{photo?.name}</bdi>
        </p>
        <LabelPad
          set={set}
          stateOf={(label) => ({ verdict: verdictOf(label), score: scores.get(label)?.score ?? null })}
          onSay={say}
        />
        <div className="labels-form__row">
          <Button variant="primary" icon="check" onPress={agree} aria-keyshortcuts="Enter">
            {t(set.kind === 'multi-label' ? 'labels.agreeFull' : 'labels.agree')}
          </Button>
          {suggested.length > 0 && (
            <Button icon="close" onPress={disagree} aria-keyshortcuts="Backspace">
              {t('labels.disagree')}
            </Button>
          )}
          <IconButton icon="chevron-left" label={t('labels.queueBack')} shortcut="←" onPress={onBack} />
          <IconButton icon="chevron-right" label={t('labels.queueSkip')} shortcut="→" onPress={onNext} />
        </div>
        <p className="hint">{t('labels.queueKeys')}</p>
      </div>
    </div>
  );
}
