import { useEffect, useState, useSyncExternalStore } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { Button } from './Button.tsx';
import { IconButton } from './IconButton.tsx';
import { dismissToast, type ShownToast, shownToasts, subscribeToasts } from './toasts.ts';
import './feedback.css';

const shownMilliseconds = 8000;

/** Shows what `showToast` says; once in the page. Time stands still for a toast that is pointed at or has the focus. */
export function Toasts() {
  const { t } = useTranslation();
  const toasts = useSyncExternalStore(subscribeToasts, shownToasts);
  // Above dialogs, and usable while one is open: react-aria leaves elements with this mark alone.
  return createPortal(
    <section className="toasts" aria-label={t('ui.notices')} data-react-aria-top-layer="true">
      <div role="status" aria-live="polite" aria-relevant="additions text">
        {toasts.map((toast) => (
          <ToastCard key={toast.id} toast={toast} />
        ))}
      </div>
    </section>,
    document.body,
  );
}

function ToastCard({ toast }: { readonly toast: ShownToast }) {
  const { t } = useTranslation();
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held || toast.lasting) return;
    const timer = setTimeout(() => dismissToast(toast.id), shownMilliseconds);
    return () => clearTimeout(timer);
  }, [held, toast]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only holds the time while it is looked at
    <div
      className={`toast ${toast.tone === 'danger' ? 'toast--danger' : ''}`}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <span className="toast__text foreign-text">{toast.text}</span>
      {toast.action !== undefined && (
        <Button
          variant="quiet"
          size="small"
          onPress={() => {
            dismissToast(toast.id);
            toast.action?.run();
          }}
        >
          {toast.action.label}
        </Button>
      )}
      <IconButton icon="close" size="small" label={t('ui.dismiss')} onPress={() => dismissToast(toast.id)} />
    </div>
  );
}
