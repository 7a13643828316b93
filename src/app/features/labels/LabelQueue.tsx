import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PhotoId } from '../../../core/library/photo.ts';
import type { LabelSet } from '../../../core/tagging/label-set.ts';
import type { QueueOrder } from '../../../protocol/label-sets.ts';
import { useLibrary } from '../../engine/hooks.ts';
import { useAnswered } from '../../engine/use-answer.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { QueuedPhoto } from './QueuedPhoto.tsx';
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
      {ids === null ? (
        <EmptyState icon="clock" title={t('labels.queueNotYet')} text={t('labels.queueNotYetText')}>
          <Button variant="primary" icon="retry" onPress={() => again(order)}>
            {t('labels.queueMore')}
          </Button>
        </EmptyState>
      ) : ids === undefined ? (
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
          isDoubted={order === 'wrong'}
          position={t('labels.queuePosition', { position: at + 1, total: ids.length })}
          onNext={() => setAt(at + 1)}
          onBack={() => setAt(Math.max(0, at - 1))}
        />
      )}
    </section>
  );
}
