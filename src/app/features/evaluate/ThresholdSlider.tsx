import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { thresholdText } from '../../i18n/threshold-text.ts';
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
  const { t } = useTranslation();
  /** Where the hand is, until the figures are there, too. */
  const [dragged, setDragged] = useState<number | null>(null);
  useEffect(() => {
    if (value === dragged) setDragged(null);
  }, [value, dragged]);
  const shown = dragged ?? value;
  const words = (dragged === null ? text : undefined) ?? thresholdText(t, shown);
  return (
    <span className="evaluate__slider">
      <span className="evaluate__slider-label" aria-hidden="true">
        {label}
      </span>
      <Slider
        label={label}
        value={Math.min(1, shown)}
        min={0}
        max={1}
        step={0.01}
        format={() => words}
        onChange={(to) => {
          setDragged(to);
          onMove(to);
        }}
      />
      <output className="numeric">{words}</output>
    </span>
  );
}
