import { useTranslation } from 'react-i18next';
import type { PartWeights } from '../../../core/image/part-scores.ts';
import { Select } from '../../ui/Select.tsx';
import { Slider } from '../../ui/Slider.tsx';
import { narrowScreen, useMediaQuery } from '../../ui/use-media-query.ts';
import { contentOnly } from './result-scores.ts';

const presets = {
  presetContent: contentOnly,
  presetBalanced: { content: 50, type: 15, colour: 20, layout: 15 },
  presetColour: { content: 25, type: 0, colour: 65, layout: 10 },
  presetLayout: { content: 25, type: 0, colour: 10, layout: 65 },
} as const satisfies Record<string, PartWeights>;

type Preset = keyof typeof presets | 'presetOwn';
const partNames = { content: 'content', type: 'type', colour: 'colours', layout: 'layout' } as const;
const parts = ['content', 'type', 'colour', 'layout'] as const;

/** What counts in the order of similar photos: a preset, or a weight for each part. */
export function PartMix({
  weights,
  onChange,
}: {
  readonly weights: PartWeights;
  readonly onChange: (weights: PartWeights) => void;
}) {
  const { t } = useTranslation();
  const isNarrow = useMediaQuery(narrowScreen);
  const names = Object.keys(presets) as (keyof typeof presets)[];
  const preset: Preset =
    names.find((name) => parts.every((part) => presets[name][part] === weights[part])) ?? 'presetOwn';
  const options = [...names, ...(preset === 'presetOwn' ? (['presetOwn'] as const) : [])];
  return (
    <div className="part-mix">
      <Select<Preset>
        label={t('match.order')}
        labelHidden={isNarrow}
        value={preset}
        options={options.map((name) => ({ value: name, label: t(`match.${name}`) }))}
        onChange={(name) => {
          if (name !== 'presetOwn') onChange(presets[name]);
        }}
      />
      {preset !== 'presetContent' &&
        parts.map((part) => (
          <span key={part} className="part-mix__part">
            <span aria-hidden="true">{t(`match.${partNames[part]}`)}</span>
            <Slider
              label={t(`match.${partNames[part]}`)}
              min={0}
              max={100}
              step={5}
              value={weights[part]}
              onChange={(value) => onChange({ ...weights, [part]: value })}
            />
          </span>
        ))}
    </div>
  );
}
