import type { Ref } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components/Button';
import { Icon, type IconName } from './Icon.tsx';
import { Tooltip, TooltipTrigger } from './Tooltip.tsx';
import './press-style.ts';
import './button.css';

export interface IconButtonProps extends Omit<AriaButtonProps, 'className' | 'style' | 'children'> {
  readonly icon: IconName;
  /** Accessible name, and what the tooltip says. */
  readonly label: string;
  /** A key that does the same, shown in the tooltip. */
  readonly shortcut?: string;
  /** For buttons that switch something on and off. */
  readonly pressed?: boolean;
  /** `on-photo`: light on a dark shade. */
  readonly variant?: 'quiet' | 'secondary' | 'primary' | 'on-photo';
  readonly size?: 'medium' | 'small';
  readonly className?: string;
  readonly ref?: Ref<HTMLButtonElement>;
}

export function IconButton({
  icon,
  label,
  shortcut,
  pressed,
  variant = 'quiet',
  size = 'medium',
  className = '',
  ...rest
}: IconButtonProps) {
  return (
    <TooltipTrigger>
      <AriaButton
        {...rest}
        {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
        aria-label={label}
        className={`icon-button button--${variant} icon-button--${size} ${className}`}
      >
        <Icon name={icon} size={size === 'small' ? 16 : 20} />
      </AriaButton>
      <Tooltip>
        {label}
        {shortcut !== undefined && <kbd className="tooltip__key">{shortcut}</kbd>}
      </Tooltip>
    </TooltipTrigger>
  );
}
