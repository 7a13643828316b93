import { type ReactNode, type Ref, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Region } from '../../../core/image/region.ts';
import type { PhotoId } from '../../../core/library/photo.ts';
import { leave, navigate, useFragment } from '../../engine/fragment.ts';
import type { MatchMode } from '../../engine/fragment-state.ts';
import { useEngine, useEngineHandle } from '../../engine/hooks.ts';
import { formatLikeness } from '../../i18n/format.ts';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Slider } from '../../ui/Slider.tsx';

const settleMilliseconds = 180;

/** What is searched for, and how alike a photo must be. */
export function SimilarHeader({
  url,
  name,
  mode,
  regionButton,
  children,
}: {
  /** The picture that is searched with; null for none (yet). */
  readonly url: string | null;
  readonly name: string | null;
  /** What counts as a match. */
  readonly mode: MatchMode;
  /** The button that opens and closes the choice of a part. */
  readonly regionButton: Ref<HTMLButtonElement>;
  /** What can be done with the picture besides. */
  readonly children?: ReactNode;
}) {
  const { t } = useTranslation();
  const { similar, region, panel } = useFragment();
  const title = useRef<HTMLHeadingElement>(null);
  // The view came in the grid's place: whoever listens hears where they are.
  useEffect(() => title.current?.focus(), []);
  const choosing = panel === 'region';
  return (
    <header className="similar__head">
      <IconButton
        icon="arrow-left"
        label={t('similar.back')}
        shortcut="Esc"
        onPress={() => leave({ similar: null, region: null, panel: null })}
      />
      {!choosing && similar !== 'tray' && <QueryPicture url={url} similar={similar} region={region} />}
      <div className="similar__words">
        <h1 ref={title} tabIndex={-1} className="similar__title" id="similar-title">
          {t(titles[similar === 'file' || similar === 'tray' ? similar : 'photo'])}
        </h1>
        {name !== null && <bdi className="similar__name foreign-text">{name}</bdi>}
      </div>
      {similar !== 'tray' && (
        <Button
          ref={regionButton}
          icon="region"
          size="small"
          className="similar__region"
          aria-pressed={choosing}
          onPress={() => navigate({ panel: choosing ? null : 'region' }, 'replace')}
        >
          {t('ask.selectRegion')}
        </Button>
      )}
      {region !== null && (
        <Button variant="quiet" size="small" onPress={() => navigate({ region: null })}>
          {t('ask.wholePhoto')}
        </Button>
      )}
      {children}
      {(mode === 'similar' || mode === 'product') && <CutOff />}
    </header>
  );
}

const titles = {
  photo: 'similar.titlePhoto',
  file: 'similar.titleFile',
  tray: 'ask.titleTray',
} as const;

/** The picture that is searched with, or the part of it that is meant; a press opens the photo. */
function QueryPicture({
  url,
  similar,
  region,
}: {
  readonly url: string | null;
  readonly similar: PhotoId | 'file' | 'tray' | null;
  readonly region: Region | null;
}) {
  const { t } = useTranslation();
  const [broken, setBroken] = useState<string | null>(null);
  const picture = url !== null && broken !== url && (
    <img
      src={url}
      alt={similar === 'file' ? t('similar.queryPhoto') : ''}
      style={region === null ? undefined : shownPart(region)}
      onError={() => setBroken(url)}
    />
  );
  if (typeof similar !== 'number') return <div className="similar__query">{picture}</div>;
  return (
    <button
      type="button"
      className="similar__query"
      aria-label={t('similar.queryPhoto')}
      onClick={() => navigate({ photo: similar })}
    >
      {picture}
    </button>
  );
}

/** Only the part is in sight, in the picture's whole box. */
function shownPart({ x, y, width, height }: Region) {
  const share = (value: number) => `${(value * 100).toFixed(1)}%`;
  return { clipPath: `inset(${share(y)} ${share(1 - x - width)} ${share(1 - y - height)} ${share(x)})` };
}

function CutOff() {
  const { t } = useTranslation();
  const engine = useEngineHandle();
  const { settings, status } = useEngine();
  const chosen = settings.similarityCutOff;
  const stored = chosen ?? status.learnedCutOff;
  const [moving, setMoving] = useState<number | null>(null);
  useEffect(() => {
    if (moving === null) return;
    const timer = setTimeout(
      () => void engine.changeSettings({ similarityCutOff: moving }).then(() => setMoving(null)),
      settleMilliseconds,
    );
    return () => clearTimeout(timer);
  }, [moving, engine]);
  const value = moving ?? stored;
  return (
    <div className="similar__cut" title={t('similar.cutOffHint')}>
      <span aria-hidden="true">{t('similar.cutOff')}</span>
      <Slider
        label={t('similar.cutOff')}
        min={0.3}
        max={0.95}
        step={0.01}
        value={value}
        onChange={(to) => setMoving(Math.round(to * 100) / 100)}
        format={formatLikeness}
      />
      <output className="numeric">{formatLikeness(value)}</output>
      {chosen === null ? (
        <span>{t('ask.learnedCutOff')}</span>
      ) : (
        <Button
          variant="quiet"
          size="small"
          onPress={() => void engine.changeSettings({ similarityCutOff: null })}
        >
          {t('ask.resetCutOff')}
        </Button>
      )}
    </div>
  );
}
