import type { ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import { Icon, type IconName } from './Icon.tsx';
import './press-style.ts';
import './feedback.css';

/**
 * A short fact that can be taken away and perhaps changed; `removeLabel` and `editLabel` are the names of the buttons for
 * that.
 */
export function Chip({
  icon,
  tone = 'neutral',
  onEdit,
  editLabel,
  onRemove,
  removeLabel,
  children,
}: {
  readonly icon?: IconName;
  readonly tone?: 'neutral' | 'accent' | 'danger';
  readonly onEdit?: () => void;
  readonly editLabel?: string;
  readonly onRemove?: () => void;
  readonly removeLabel?: string;
  readonly children: ReactNode;
}) {
  return (
    <span className={`chip chip--${tone}`}>
      {icon !== undefined && <Icon name={icon} size={14} />}
      {onEdit === undefined ? (
        <span className="chip__text">{children}</span>
      ) : (
        <AriaButton className="chip__text chip__edit" aria-label={editLabel ?? ''} onPress={onEdit}>
          {children}
        </AriaButton>
      )}
      {onRemove !== undefined && (
        <AriaButton className="chip__remove" aria-label={removeLabel ?? ''} onPress={onRemove}>
          <Icon name="close" size={14} />
        </AriaButton>
      )}
    </span>
  );
}
