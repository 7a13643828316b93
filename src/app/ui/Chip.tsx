import type { ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import { Icon, type IconName } from './Icon.tsx';
import './press-style.ts';
import './feedback.css';

/** A short fact that can be taken away; `removeLabel` is the name of its remove button. */
export function Chip({
  icon,
  tone = 'neutral',
  onRemove,
  removeLabel,
  children,
}: {
  readonly icon?: IconName;
  readonly tone?: 'neutral' | 'accent' | 'danger';
  readonly onRemove?: () => void;
  readonly removeLabel?: string;
  readonly children: ReactNode;
}) {
  return (
    <span className={`chip chip--${tone}`}>
      {icon !== undefined && <Icon name={icon} size={14} />}
      <span className="chip__text">{children}</span>
      {onRemove !== undefined && (
        <AriaButton className="chip__remove" aria-label={removeLabel ?? ''} onPress={onRemove}>
          <Icon name="close" size={14} />
        </AriaButton>
      )}
    </span>
  );
}
