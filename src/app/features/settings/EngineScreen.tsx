import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { wordsOf } from '../../../core/error-words.ts';
import { useEngine, useEngineHandle } from '../../engine/hooks.ts';
import { watchOwner } from '../../engine/watch-owner.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import './screens.css';

/** An ordinary start is over before this: nothing flashes up. */
const noticeMilliseconds = 400;

/** In the place of the library while it is not open: says why, and what can be done. */
export function EngineScreen() {
  const { t } = useTranslation();
  const engine = useEngineHandle();
  const { phase, detail } = useEngine();
  switch (phase) {
    case 'open':
      return null;
    case 'starting':
      return <Starting />;
    case 'owned-elsewhere':
      return <OwnedElsewhere />;
    case 'newer-database':
      return (
        <Screen title={t('engine.newerTitle')} text={t('engine.newerText')} icon="info" detail={detail}>
          <Reload />
        </Screen>
      );
    case 'storage-unavailable':
      return (
        <Screen
          title={t('engine.unavailableTitle')}
          text={t('engine.unavailableText')}
          icon="warning"
          detail={detail}
        >
          <Reload />
        </Screen>
      );
    case 'erased':
      return (
        <Screen
          title={t(detail === '' ? 'engine.erasedTitle' : 'engine.erasedPartlyTitle')}
          text={t(detail === '' ? 'engine.erasedText' : 'engine.erasedPartlyText')}
          icon={detail === '' ? 'info' : 'warning'}
          detail={detail}
        >
          <Reload />
        </Screen>
      );
    case 'crashed':
      return (
        <Screen
          title={t('engine.crashedTitle')}
          text={t('engine.crashedText')}
          icon="warning"
          detail={detail}
        >
          <Button variant="primary" icon="retry" onPress={() => void engine.start()}>
            {t('engine.crashedButton')}
          </Button>
        </Screen>
      );
  }
}

/** Goes on by itself when the other tab is closed while this one is looked at. */
function OwnedElsewhere() {
  const { t } = useTranslation();
  const engine = useEngineHandle();
  const [silent, setSilent] = useState(false);
  useEffect(() => {
    let ended = false;
    const start = () => {
      // A hidden tab takes nothing from the one that is looked at.
      if (ended || document.visibilityState !== 'visible') return;
      document.removeEventListener('visibilitychange', start);
      void engine.start();
    };
    const end = watchOwner(setSilent, () => {
      document.addEventListener('visibilitychange', start);
      start();
    });
    return () => {
      ended = true;
      document.removeEventListener('visibilitychange', start);
      end();
    };
  }, [engine]);
  return (
    <Screen
      title={t('engine.ownedTitle')}
      text={
        <>
          {t('engine.ownedText')} <span role="status">{silent && t('engine.ownedSilent')}</span>
        </>
      }
      icon="layout-justified"
    >
      <Button variant="primary" onPress={() => void engine.start(true)}>
        {t('engine.ownedButton')}
      </Button>
    </Screen>
  );
}

/** In the place of everything when the page itself failed; what is stored is not touched by that. */
export function BrokenScreen({ error }: { readonly error: unknown }) {
  const { t } = useTranslation();
  return (
    <Screen
      title={t('engine.crashedTitle')}
      text={t('engine.brokenText')}
      icon="warning"
      detail={wordsOf(error)}
    >
      <Reload />
    </Screen>
  );
}

function Reload() {
  const { t } = useTranslation();
  return (
    <Button variant="primary" icon="retry" onPress={() => location.reload()}>
      {t('engine.reload')}
    </Button>
  );
}

function Screen({
  title,
  text,
  icon,
  detail = '',
  children,
}: {
  readonly title: string;
  readonly text: ReactNode;
  readonly icon: 'info' | 'warning' | 'layout-justified';
  /** What the browser said, for those who want to know. */
  readonly detail?: string;
  readonly children: ReactNode;
}) {
  const { t } = useTranslation();
  return (
    <main className="engine-screen">
      <h1 className="visually-hidden">Picsift</h1>
      <EmptyState icon={icon} title={title} text={text}>
        {children}
      </EmptyState>
      {detail !== '' && (
        <details className="engine-screen__detail">
          <summary>{t('engine.technical')}</summary>
          <p className="foreign-text">{detail}</p>
        </details>
      )}
    </main>
  );
}

function Starting() {
  const { t } = useTranslation();
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), noticeMilliseconds);
    return () => clearTimeout(timer);
  }, []);
  return (
    <main className="engine-screen" aria-busy="true">
      <h1 className="visually-hidden">Picsift</h1>
      {late && (
        <p className="engine-screen__starting" role="status">
          {t('engine.startingTitle')}
        </p>
      )}
    </main>
  );
}
