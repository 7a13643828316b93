import { useId } from 'react';
import { Icon, type IconName } from './Icon.tsx';
import './segmented.css';

export interface SegmentedOption<Value extends string> {
  readonly value: Value;
  readonly label: string;
  /** Shown instead of the label, which stays as name and title. */
  readonly icon?: IconName;
}

/** One of a few, all in sight: radio buttons that look like one control. */
export function Segmented<Value extends string>({
  label,
  options,
  value,
  onChange,
  size = 'medium',
}: {
  readonly label: string;
  readonly options: readonly SegmentedOption<Value>[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  /** `wide`: as wide as its place. */
  readonly size?: 'medium' | 'small' | 'wide';
}) {
  const name = useId();
  return (
    <fieldset className={`segmented segmented--${size}`}>
      <legend className="visually-hidden">{label}</legend>
      {options.map((option) => (
        <label key={option.value} className="segmented__option" title={option.label}>
          <input
            type="radio"
            className="segmented__input"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
            aria-label={option.label}
          />
          <span className="segmented__face">
            {option.icon === undefined ? option.label : <Icon name={option.icon} size={18} />}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
