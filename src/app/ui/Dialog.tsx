import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading } from 'react-aria-components/Dialog';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { useTranslation } from 'react-i18next';
import { IconButton } from './IconButton.tsx';
import './overlay.css';

export interface DialogProps {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** `start`, `end`: a drawer at that side; `center`: a card. */
  readonly placement?: 'center' | 'start' | 'end';
  readonly size?: 'small' | 'medium' | 'large';
  /** `alertdialog` for a question that must be answered: a press beside it does not close it. */
  readonly role?: 'dialog' | 'alertdialog';
  /** The buttons at the bottom. */
  readonly footer?: ReactNode;
  readonly children: ReactNode;
}

/** A modal dialog: keeps focus inside, Escape closes it, focus returns to where it was. */
export function Dialog({
  title,
  isOpen,
  onClose,
  placement = 'center',
  size = 'medium',
  role = 'dialog',
  footer,
  children,
}: DialogProps) {
  const { t } = useTranslation();
  return (
    <ModalOverlay
      className={`scrim scrim--${placement}`}
      isOpen={isOpen}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      isDismissable={role === 'dialog'}
    >
      <Modal className={`modal modal--${placement} modal--${size}`}>
        <AriaDialog className="dialog" role={role}>
          <header className="dialog__header">
            <Heading slot="title" className="dialog__title">
              {title}
            </Heading>
            <IconButton icon="close" label={t('ui.close')} onPress={onClose} />
          </header>
          <div className="dialog__body">{children}</div>
          {footer !== undefined && <footer className="dialog__footer">{footer}</footer>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
