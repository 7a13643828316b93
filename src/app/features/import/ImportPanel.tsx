import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportProgress } from '../../../core/library/import-progress.ts';
import { allowFileAccess } from '../../engine/file-access.ts';
import { useEngine, useLibrary } from '../../engine/hooks.ts';
import { useFormat } from '../../i18n/format.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { showToast } from '../../ui/toasts.ts';
import { useMediaQuery } from '../../ui/use-media-query.ts';
import { FailureList } from './FailureList.tsx';
import { panelKind, problems, processed, rateDigits, shareDone } from './import-summary.ts';
import { useAnnouncement } from './use-announcement.ts';
import { usePersistence } from './use-persistence.ts';
import './import.css';

const CancelDialog = lazy(() => import('./CancelDialog.tsx'));

/** How far the import is; a slim bar that opens to figures, buttons and what went wrong. */
export function ImportPanel() {
  const { t } = useTranslation();
  const { status, phase } = useEngine();
  const library = useLibrary();
  const progress = status.import;
  const kind = panelKind(progress);
  const [chosen, setChosen] = useState<boolean | null>(null);
  // On a phone what is over leaves the photos in sight.
  const isNarrow = useMediaQuery('(max-width: 760px)');
  const open = chosen ?? !(isNarrow && kind === 'done');
  const [asking, setAsking] = useState(false);
  const announcement = useAnnouncement(progress, kind);
  usePersistence(kind);
  if (phase !== 'open' || kind === 'hidden') return null;

  const title = {
    working: t('import.importing'),
    paused: t('import.paused'),
    stuck: t('import.importing'),
    cancelling: t('import.cancelling'),
    done: t(progress.cancelled ? 'import.stopped' : 'import.done'),
  }[kind];
  const share = shareDone(progress);
  const flawed = problems(progress);
  return (
    <section
      className={`import-panel import-panel--${kind} ${flawed > 0 ? 'import-panel--flawed' : ''}`}
      aria-label={t('import.region')}
    >
      <div className="import-panel__head">
        {kind === 'done' && <Icon name={flawed > 0 ? 'warning' : 'check'} size={18} />}
        <span className="import-panel__title">{title}</span>
        <span className="import-panel__count numeric">
          {t('import.counted', { done: progress.done, total: progress.total })}
        </span>
        <IconButton
          size="small"
          icon={open ? 'chevron-down' : 'chevron-up'}
          label={t(open ? 'import.collapse' : 'import.expand')}
          aria-expanded={open}
          onPress={() => setChosen(!open)}
        />
        {kind === 'done' && (
          <IconButton
            size="small"
            icon="close"
            label={t('import.dismiss')}
            onPress={() => void library.dismissImport()}
          />
        )}
      </div>
      {kind !== 'done' && <ProgressBar label={title} value={share} />}
      {open && (
        <div className="import-panel__body">
          <Facts progress={progress} done={kind === 'done'} />
          <Obstacle progress={progress} />
          {kind !== 'done' && kind !== 'cancelling' && (
            <div className="import-panel__buttons">
              {progress.state === 'paused' || progress.state === 'storage-full' ? (
                <Button size="small" icon="play" onPress={() => void library.resumeImport()}>
                  {t('import.resume')}
                </Button>
              ) : (
                <Button size="small" icon="pause" onPress={() => void library.pauseImport()}>
                  {t('import.pause')}
                </Button>
              )}
              <Button size="small" variant="quiet" onPress={() => setAsking(true)}>
                {t('ui.cancel')}
              </Button>
            </div>
          )}
          <FailureList failed={flawed} working={kind === 'working'} />
        </div>
      )}
      <p className="visually-hidden" role="status">
        {announcement}
      </p>
      {asking && (
        <Suspense fallback={null}>
          <CancelDialog
            left={Math.max(0, progress.total - progress.done)}
            onAnswer={(cancel) => {
              setAsking(false);
              if (cancel) void library.cancelImport();
            }}
          />
        </Suspense>
      )}
    </section>
  );
}

function Facts({ progress, done }: { readonly progress: ImportProgress; readonly done: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const {
    photosPerSecond: rate,
    secondsLeft,
    alreadyThere,
    failed,
    deferred,
    refused,
    scanning,
    state,
  } = progress;
  const facts = done
    ? [
        t('import.doneAdded', { count: processed(progress) }),
        failed > 0 ? t('import.doneFailed', { count: failed }) : null,
        deferred > 0 ? t('import.doneDeferred', { count: deferred }) : null,
        refused > 0 ? t('import.doneRefused', { count: refused }) : null,
      ]
    : [
        scanning ? t('import.scanning') : null,
        state === 'running' && rate > 0
          ? t('import.speed', { rate: format.number(rate, rateDigits(rate)) })
          : null,
        state === 'running' && secondsLeft !== null
          ? t('import.left', { duration: format.duration(secondsLeft) })
          : null,
      ];
  const shown = [...facts, alreadyThere > 0 ? t('import.doneAlready', { count: alreadyThere }) : null].filter(
    (fact) => fact !== null,
  );
  if (shown.length === 0) return null;
  return <p className="hint numeric">{shown.join(' · ')}</p>;
}

/** What keeps the import from going on, and what the person can do about it. */
function Obstacle({ progress }: { readonly progress: ImportProgress }) {
  const { t } = useTranslation();
  const library = useLibrary();
  const allow = async () => {
    if (!(await allowFileAccess(library))) showToast({ text: t('import.accessDenied'), tone: 'danger' });
  };
  if (progress.state === 'waiting-model')
    return <p className="import-panel__note">{t('import.waitingModel')}</p>;
  if (progress.state === 'storage-full')
    return <p className="import-panel__note import-panel__note--warning">{t('import.storageFull')}</p>;
  if (progress.state !== 'waiting-permission') return null;
  return (
    <div className="import-panel__note import-panel__note--warning">
      <p>{t('import.waitingPermission')}</p>
      <Button size="small" variant="primary" onPress={() => void allow()}>
        {t('import.allowAccess')}
      </Button>
    </div>
  );
}
