import { useTranslation } from 'react-i18next';
import { useEnginePart, useLibrary } from '../../engine/hooks.ts';
import { useAnswer } from '../../engine/use-answer.ts';

/** How far the answers that are judged are those of somebody who had not seen the photos. */
export function HeldOutNotes({ set }: { readonly set: number }) {
  const { t } = useTranslation();
  const library = useLibrary();
  const heads = useAnswer(
    () => library.taughtSets(),
    useEnginePart((state) => state.labels),
  );
  const head = heads?.find((one) => one.set === set);
  if (head === undefined) return null;
  const { report } = head;
  const notes =
    report === null
      ? [t('evaluate.heldOutImported')]
      : [
          t(report.heldOutBy === 'folds' ? 'evaluate.heldOutFolds' : 'evaluate.heldOutSplit'),
          t(report.together ? 'evaluate.heldOutTogether' : 'labels.notTogether'),
          ...(head.changed ? [t('labels.changedSince')] : []),
        ];
  return (
    <details className="evaluate__notes">
      <summary>{t('evaluate.heldOut')}</summary>
      {notes.map((note) => (
        <p key={note} className="evaluate__hint">
          {note}
        </p>
      ))}
    </details>
  );
}
