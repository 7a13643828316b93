import { useId } from 'react';
import { Icon } from './Icon.tsx';
import './fields.css';

/** A native drop-down list: light, and at home on phones. */
export function Select<Value extends string>({
  label,
  labelHidden = false,
  options,
  value,
  onChange,
}: {
  readonly label: string;
  readonly labelHidden?: boolean;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
}) {
  const id = useId();
  return (
    <span className="field">
      <label className={labelHidden ? 'visually-hidden' : 'field__label'} htmlFor={id}>
        {label}
      </label>
      <span className="select">
        <select
          id={id}
          className="select__control"
          value={value}
          onChange={(event) => {
            const chosen = options.find((option) => option.value === event.currentTarget.value);
            if (chosen !== undefined) onChange(chosen.value);
          }}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
        <Icon name="chevron-down" size={14} />
      </span>
    </span>
  );
}
