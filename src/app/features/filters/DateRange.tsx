import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { navigate, useFragment } from '../../engine/fragment.ts';
import { TextField } from '../../ui/TextField.tsx';

/** Years below are those of a date that is still being typed. */
const firstYear = 1800;

/** First and last day, both included. */
export function DateRange() {
  const { t } = useTranslation();
  const { from, to } = useFragment();
  return (
    <section className="filters__section" aria-labelledby="filters-dates">
      <h2 className="filters__heading" id="filters-dates">
        {t('filters.dates')}
      </h2>
      <div className="filters__dates">
        <Day
          label={t('filters.from')}
          value={from}
          max={to}
          onChange={(day) => navigate({ from: day }, 'replace')}
        />
        <Day
          label={t('filters.to')}
          value={to}
          min={from}
          onChange={(day) => navigate({ to: day }, 'replace')}
        />
      </div>
    </section>
  );
}

function Day({
  label,
  value,
  min,
  max,
  onChange,
}: {
  readonly label: string;
  readonly value: string | null;
  readonly min?: string | null;
  readonly max?: string | null;
  readonly onChange: (day: string | null) => void;
}) {
  const [text, setText] = useState(value ?? '');
  useEffect(() => setText(value ?? ''), [value]);
  return (
    <TextField
      type="date"
      label={label}
      value={text}
      {...(min ? { min } : {})}
      {...(max ? { max } : {})}
      onChange={(day) => {
        setText(day);
        if (day === '') onChange(null);
        else if (Number(day.slice(0, 4)) >= firstYear) onChange(day);
      }}
    />
  );
}
