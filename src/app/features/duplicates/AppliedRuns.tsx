import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppliedRun } from '../../../protocol/duplicates.ts';
import { useLibrary } from '../../engine/hooks.ts';
import { ignoreWorkerDied } from '../../engine/worker-died.ts';
import { useFormat } from '../../i18n/format.ts';
import { Button } from '../../ui/Button.tsx';

const perStep = 20;

/** What was applied and is not taken back: each can be, whatever was decided since. */
export function AppliedRuns({
  undo,
}: {
  /** Takes that run back. */
  readonly undo: (run: number) => Promise<void>;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const library = useLibrary();
  const [runs, setRuns] = useState<readonly AppliedRun[]>([]);
  const [shown, setShown] = useState(perStep);
  const load = useCallback(() => library.duplicateRuns().then(setRuns).catch(ignoreWorkerDied), [library]);
  useEffect(() => void load(), [load]);
  if (runs.length === 0) return null;
  return (
    <section className="plan__part">
      <h3 id="duplicate-runs">{t('duplicates.runs')}</h3>
      <ul className="plan-list" aria-labelledby="duplicate-runs">
        {runs.slice(0, shown).map(({ number, at, photos, bytes, files, deleted }) => (
          <li key={number} className="plan-list__item">
            <span className="plan-list__words">
              <span>{format.dateTime(at)}</span>
              <span className="hint">
                {t('duplicates.run', { count: photos, bytes: format.bytes(bytes) })}
                {files !== 'leave' && ` · ${t(`duplicates.runFiles.${files}`)}`}
                {deleted > 0 && ` · ${t('duplicates.undoDeleted', { count: deleted })}`}
              </span>
            </span>
            <Button
              size="small"
              className="plan-list__choose"
              aria-label={t('duplicates.undoRun', { date: format.dateTime(at) })}
              onPress={async () => {
                await undo(number);
                await load();
              }}
            >
              {t('duplicates.takeBack')}
            </Button>
          </li>
        ))}
      </ul>
      {runs.length > shown && (
        <Button onPress={() => setShown(shown + perStep)}>
          {t('duplicates.showMore', { left: runs.length - shown })}
        </Button>
      )}
    </section>
  );
}
