import { useEffect, useState } from 'react';
import { formatScore } from '../../i18n/format.ts';
import { Slider } from '../../ui/Slider.tsx';

/** A threshold that follows the hand at once, whatever the figures take. */
export function ThresholdSlider({
  label,
  value,
  text,
  onMove,
}: {
  readonly label: string;
  readonly value: number;
  /** Instead of the number. */
  readonly text?: string | undefined;
  readonly onMove: (value: number) => void;
}) {
  /** Where the hand is, until the figures are there, too. */
  const [dragged, setDragged] = useState<number | null>(null);
  useEffect(() => {
    if (value === dragged) setDragged(null);
  }, [value, dragged]);
  const shown = dragged ?? value;
  return (
    <span className="evaluate__slider">
      <span className="evaluate__slider-label" aria-hidden="true">
        {label}
      </span>
      <Slider
        label={label}
        value={shown}
        min={0}
        max={1}
        step={0.01}
        format={formatScore}
        onChange={(to) => {
          setDragged(to);
          onMove(to);
        }}
      />
      <output className="numeric">{text ?? formatScore(shown)}</output>
    </span>
  );
}
