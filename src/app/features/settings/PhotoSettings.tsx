import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { copyPreference, rememberCopyPreference } from '../../engine/copy-preference.ts';
import { useEngine, useEngineHandle } from '../../engine/hooks.ts';
import { formatLikeness } from '../../i18n/format.ts';
import { Checkbox } from '../../ui/Checkbox.tsx';
import { Select } from '../../ui/Select.tsx';
import { Slider } from '../../ui/Slider.tsx';
import { TextField } from '../../ui/TextField.tsx';

const leastMegapixels = 1;
const mostMegapixels = 1000;

export function PhotoSettings() {
  const { t } = useTranslation();
  const engine = useEngineHandle();
  const { settings, status } = useEngine();
  const cutOff = settings.similarityCutOff ?? status.learnedCutOff;
  const [copies, setCopies] = useState(copyPreference);
  const [text, setText] = useState(String(settings.maxMegapixels));
  return (
    <>
      <div>
        <TextField
          label={t('settings.maxMegapixels')}
          type="number"
          min={leastMegapixels}
          max={mostMegapixels}
          value={text}
          onChange={(value) => {
            setText(value);
            const maxMegapixels = Number(value);
            // Half-typed figures are not taken; the field shows what is typed all the same.
            if (value !== '' && maxMegapixels >= leastMegapixels && maxMegapixels <= mostMegapixels)
              void engine.changeSettings({ maxMegapixels });
          }}
        />
        <p className="hint">{t('settings.maxMegapixelsHint')}</p>
      </div>
      <div>
        <Checkbox
          kind="switch"
          checked={settings.recommendations}
          onChange={(recommendations) => void engine.changeSettings({ recommendations })}
        >
          {t('settings.recommendations')}
        </Checkbox>
        <p className="hint">{t('settings.recommendationsHint')}</p>
      </div>
      <div className="settings__line">
        <span aria-hidden="true">{t('settings.cutOff')}</span>
        <Slider
          label={t('settings.cutOff')}
          min={0.3}
          max={0.95}
          step={0.01}
          value={cutOff}
          format={formatLikeness}
          onChange={(value) =>
            void engine.changeSettings({ similarityCutOff: Math.round(value * 100) / 100 })
          }
        />
        <output className="numeric">{formatLikeness(cutOff)}</output>
      </div>
      <Select
        label={t('copies.preference')}
        options={(['ask', 'without', 'with'] as const).map((value) => ({
          value,
          label: t(`copies.${value}`),
        }))}
        value={copies}
        onChange={(value) => {
          setCopies(value);
          rememberCopyPreference(value);
        }}
      />
    </>
  );
}
