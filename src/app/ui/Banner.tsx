import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './Button.tsx';
import { IconButton } from './IconButton.tsx';
import './feedback.css';

/** A line across the page that offers something, until it is done or waved away. */
export function Banner({
  label,
  action,
  onAction,
  onDismiss,
  children,
}: {
  /** Makes it a region of that name; left out: it is read out as soon as it is there. */
  readonly label?: string;
  readonly action: string;
  readonly onAction: () => void;
  readonly onDismiss: () => void;
  readonly children: ReactNode;
}) {
  const { t } = useTranslation();
  const content = (
    <>
      <span>{children}</span>
      <Button size="small" onPress={onAction}>
        {action}
      </Button>
      <IconButton icon="close" label={t('ui.dismiss')} onPress={onDismiss} />
    </>
  );
  return label === undefined ? (
    <div className="banner" role="status">
      {content}
    </div>
  ) : (
    <section className="banner" aria-label={label}>
      {content}
    </section>
  );
}
