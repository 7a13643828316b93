import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportProgress } from '../../../core/library/import-progress.ts';
import type { PanelKind } from './import-summary.ts';

/** Screen readers hear of the progress at most so often; ends and stops are said at once. */
const everyMilliseconds = 15_000;

export function useAnnouncement(progress: ImportProgress, kind: PanelKind): string {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const figures = useRef(progress);
  figures.current = progress;
  useEffect(() => {
    const say = () => {
      const { done, total } = figures.current;
      const words = { done, total };
      if (kind === 'working') setText(t('import.announceProgress', words));
      else if (kind === 'done') setText(t('import.announceDone', words));
      else setText(kind === 'paused' ? t('import.paused') : '');
    };
    say();
    if (kind !== 'working') return;
    const timer = setInterval(say, everyMilliseconds);
    return () => clearInterval(timer);
  }, [kind, t]);
  return text;
}
