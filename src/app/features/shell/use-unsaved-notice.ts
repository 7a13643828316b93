import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { showToast } from '../../ui/toasts.ts';
import { refusalNotice } from './refusal-notice.ts';

/** Says so when what the person did could not be stored, wherever in the page they did it. */
export function useUnsavedNotice(): void {
  const { t } = useTranslation();
  useEffect(() => {
    const rejected = (event: PromiseRejectionEvent) => {
      const notice = refusalNotice(event.reason);
      if (notice === null) return;
      event.preventDefault();
      showToast({ text: t(`shell.${notice}`), tone: 'danger' });
    };
    addEventListener('unhandledrejection', rejected);
    return () => removeEventListener('unhandledrejection', rejected);
  }, [t]);
}
