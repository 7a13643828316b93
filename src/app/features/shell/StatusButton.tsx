import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { navigate } from '../../engine/fragment.ts';
import { useEngine } from '../../engine/hooks.ts';
import { offlineSnapshot, subscribeOffline } from '../../engine/pwa.ts';
import { useFormat } from '../../i18n/format.ts';
import { Button } from '../../ui/Button.tsx';
import type { IconName } from '../../ui/Icon.tsx';
import { Tooltip, TooltipTrigger } from '../../ui/Tooltip.tsx';
import { type Glance, glanceAt } from './glance.ts';

const icons: Readonly<Record<Glance['kind'], IconName>> = {
  loading: 'download',
  starting: 'chip',
  problem: 'warning',
  offline: 'offline',
  ready: 'chip',
};

/** Model and offline state in two words; a press shows all about them. */
export function StatusButton() {
  const { t } = useTranslation();
  const format = useFormat();
  const { phase, status } = useEngine();
  const { offline } = useSyncExternalStore(subscribeOffline, offlineSnapshot);
  if (phase !== 'open') return null;
  const glance = glanceAt(status.model, offline);
  const words = {
    loading: t('shell.modelLoading', { share: format.percent(glance.kind === 'loading' ? glance.share : 0) }),
    starting: t('shell.modelStarting'),
    problem: t('shell.modelProblem'),
    offline: t('shell.readyOffline'),
    ready: t('shell.modelReady'),
  };
  return (
    <TooltipTrigger>
      <Button
        variant="quiet"
        icon={icons[glance.kind]}
        className={`shell__status shell__status--${glance.kind}`}
        onPress={() => navigate({ panel: 'settings' })}
      >
        {words[glance.kind]}
      </Button>
      <Tooltip>{words[glance.kind]}</Tooltip>
    </TooltipTrigger>
  );
}
