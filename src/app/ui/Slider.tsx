import './slider.css';

/** A number on a line. `format` words the value for screen readers. */
export function Slider({
  label,
  value,
  min,
  max,
  step = 1,
  onChange,
  format,
  className = '',
}: {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step?: number;
  readonly onChange: (value: number) => void;
  readonly format?: (value: number) => string;
  readonly className?: string;
}) {
  return (
    <input
      type="range"
      className={`slider ${className}`}
      aria-label={label}
      title={label}
      aria-valuetext={format?.(value)}
      value={value}
      min={min}
      max={max}
      step={step}
      onChange={(event) => onChange(event.currentTarget.valueAsNumber)}
      style={{ '--slider-share': max > min ? (value - min) / (max - min) : 0 }}
    />
  );
}
