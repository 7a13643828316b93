import './feedback.css';

/** `value` is 0..1, or null while the amount of work is not known. */
export function ProgressBar({
  label,
  value,
  valueText,
}: {
  readonly label: string;
  readonly value: number | null;
  readonly valueText?: string;
}) {
  return (
    <div
      className={`progress ${value === null ? 'progress--unknown' : ''}`}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      {...(value === null ? {} : { 'aria-valuenow': Math.round(value * 100) })}
      {...(valueText === undefined ? {} : { 'aria-valuetext': valueText })}
    >
      <span className="progress__bar" style={{ '--progress-share': value ?? 0.3 }} />
    </div>
  );
}
