import { TextField } from './TextField.tsx';

/** A share of 1 % and more. */
export function PercentField({
  label,
  max = 100,
  value,
  onChange,
}: {
  readonly label: string;
  readonly max?: number;
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  return (
    <TextField label={label} type="number" min={1} max={max} value={value} onChange={onChange} after="%" />
  );
}
