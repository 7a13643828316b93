import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useEngine, useLibrary } from '../../engine/hooks.ts';
import { withTexts } from '../../i18n/start.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { ModelProblemText } from './ModelProblemText.tsx';
import './screens.css';

const BackendList = lazy(() =>
  withTexts(import('./BackendList.tsx')).then((module) => ({ default: module.BackendList })),
);

/** Says that nothing can be tagged, why, and what can be done; nothing while a model runs or loads. */
export function ModelBanner() {
  const { t } = useTranslation();
  const library = useLibrary();
  const { phase, status } = useEngine();
  const [why, setWhy] = useState(false);
  const { model } = status;
  if (phase !== 'open' || (model.state !== 'problem' && model.state !== 'no-backend')) return null;
  return (
    <div className="model-banner" role="alert">
      <Icon name="warning" size={20} />
      <div className="model-banner__words">
        <strong>{t('engine.bannerTitle')}</strong>
        {model.state === 'problem' ? (
          <ModelProblemText problem={model.problem} />
        ) : (
          <p>{t('engine.noBackend')}</p>
        )}
        <p>{t('engine.bannerLibrary')}</p>
      </div>
      <div className="model-banner__buttons">
        {model.state === 'no-backend' && (
          <Button size="small" variant="quiet" aria-expanded={why} onPress={() => setWhy(!why)}>
            {t('engine.why')}
          </Button>
        )}
        <Button size="small" icon="retry" onPress={() => void library.retryModel()}>
          {t('engine.retryModel')}
        </Button>
      </div>
      {model.state === 'no-backend' && why && (
        <div className="model-banner__why">
          <Suspense fallback={null}>
            <BackendList reports={model.reports} active={null} />
          </Suspense>
        </div>
      )}
    </div>
  );
}
