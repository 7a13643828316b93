import { type ReactNode, type Ref, useId } from 'react';
import { Icon, type IconName } from './Icon.tsx';
import './fields.css';

export interface TextFieldProps {
  readonly label: string;
  readonly labelHidden?: boolean;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly type?: 'text' | 'search' | 'date' | 'number';
  readonly icon?: IconName;
  readonly placeholder?: string;
  readonly min?: string | number;
  readonly max?: string | number;
  /** Takes the focus when it comes, ready to be written over: the first field of a dialog that asks for a name. */
  readonly autoFocus?: boolean;
  /** At the end of the field: a button, a unit. */
  readonly after?: ReactNode;
  readonly ref?: Ref<HTMLInputElement>;
}

/** One line of text, a date or a number. */
export function TextField({
  label,
  labelHidden = false,
  value,
  onChange,
  type = 'text',
  icon,
  after,
  autoFocus = false,
  ...rest
}: TextFieldProps) {
  const id = useId();
  return (
    <span className="field">
      <label className={labelHidden ? 'visually-hidden' : 'field__label'} htmlFor={id}>
        {label}
      </label>
      <span className="text-field">
        {icon !== undefined && <Icon name={icon} size={18} />}
        <input
          {...rest}
          id={id}
          type={type}
          className="text-field__input"
          value={value}
          autoComplete="off"
          spellCheck={false}
          // biome-ignore lint/a11y/noAutofocus: in dialogs, which take the focus in any case
          autoFocus={autoFocus}
          onFocus={(event) => {
            if (autoFocus) event.currentTarget.select();
          }}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
        {after}
      </span>
    </span>
  );
}
