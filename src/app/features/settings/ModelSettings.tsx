import { useTranslation } from 'react-i18next';
import type { Settings } from '../../../protocol/library.ts';
import { useEngine, useEngineHandle, useLibrary } from '../../engine/hooks.ts';
import { useFormat } from '../../i18n/format.ts';
import { Button } from '../../ui/Button.tsx';
import { Checkbox } from '../../ui/Checkbox.tsx';
import { Select } from '../../ui/Select.tsx';
import { BackendList } from './BackendList.tsx';
import { ModelProblemText } from './ModelProblemText.tsx';

/** Which model runs, on what, and what the person prefers. */
export function ModelSettings() {
  const { t } = useTranslation();
  const engine = useEngineHandle();
  const library = useLibrary();
  const { settings, status } = useEngine();
  const { model } = status;
  const options: readonly { value: Settings['backend']; label: string }[] = [
    { value: 'auto', label: t('settings.preferAuto') },
    { value: 'webgpu', label: t('settings.preferWebgpu') },
    { value: 'wasm', label: t('settings.preferWasm') },
  ];
  return (
    <>
      <ModelState />
      {status.outdated > 0 && (
        <p className="hint numeric">{t('settings.outdated', { count: status.outdated })}</p>
      )}
      {(model.state === 'ready' || model.state === 'no-backend') && (
        <BackendList reports={model.reports} active={model.state === 'ready' ? model.active : null} />
      )}
      {(model.state === 'problem' || model.state === 'no-backend') && (
        <Button icon="retry" onPress={() => void library.retryModel()}>
          {t('engine.retryModel')}
        </Button>
      )}
      <Select
        label={t('settings.preferred')}
        options={options}
        value={settings.backend}
        onChange={(backend) => void engine.changeSettings({ backend })}
      />
      <Checkbox
        kind="switch"
        checked={settings.allowSoftwareAdapter}
        onChange={(allowSoftwareAdapter) => void engine.changeSettings({ allowSoftwareAdapter })}
      >
        {t('settings.allowSoftware')} <span className="hint">{t('settings.allowSoftwareHint')}</span>
      </Checkbox>
    </>
  );
}

function ModelState() {
  const { t } = useTranslation();
  const format = useFormat();
  const { model } = useEngine().status;
  switch (model.state) {
    case 'loading':
      return (
        <p role="status">
          {model.step === 'download'
            ? t('settings.modelLoading', { percent: format.percent(model.progress) })
            : t('settings.modelStarting')}
        </p>
      );
    case 'ready':
      return (
        <p>
          {t('settings.modelName', {
            name: format.language === 'zh-CN' ? model.name.zh : model.name.en,
            version: model.model.version,
          })}
          {' · '}
          {t('settings.workers', { count: model.workers })}
        </p>
      );
    case 'problem':
      return <ModelProblemText problem={model.problem} />;
    case 'no-backend':
      return <p>{t('engine.noBackend')}</p>;
  }
}
