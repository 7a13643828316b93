import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { WorkerDied } from '../../engine/worker-died.ts';
import { showToast } from '../../ui/toasts.ts';

/** What the library's verbs reject with when storage gives no more room. */
const notStored = 'not stored: storage-full';

/** Says so when what the person did could not be stored, wherever in the page they did it. */
export function useUnsavedNotice(): void {
  const { t } = useTranslation();
  useEffect(() => {
    const rejected = (event: PromiseRejectionEvent) => {
      const { reason } = event as { reason: unknown };
      const isFull = reason instanceof Error && reason.message.includes(notStored);
      if (!isFull && !(reason instanceof WorkerDied)) return;
      event.preventDefault();
      showToast({ text: t(isFull ? 'shell.notSavedFull' : 'shell.notSaved'), tone: 'danger' });
    };
    addEventListener('unhandledrejection', rejected);
    return () => removeEventListener('unhandledrejection', rejected);
  }, [t]);
}
