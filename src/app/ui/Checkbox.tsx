import type { ReactNode } from 'react';
import { Icon } from './Icon.tsx';
import './checkbox.css';

/** `kind` switch: takes effect at once; box: part of a form or a list. */
export function Checkbox({
  checked,
  onChange,
  kind = 'box',
  disabled = false,
  children,
}: {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly kind?: 'box' | 'switch';
  readonly disabled?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <label className={`checkbox checkbox--${kind}`}>
      <input
        type="checkbox"
        className="checkbox__input"
        {...(kind === 'switch' ? { role: 'switch' } : {})}
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <span className="checkbox__face" aria-hidden="true">
        {kind === 'box' ? <Icon name="check" size={14} /> : <span className="checkbox__knob" />}
      </span>
      <span>{children}</span>
    </label>
  );
}
