import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PhotoId } from '../../../core/library/photo.ts';
import { leave, navigate } from '../../engine/fragment.ts';
import { useEngine, useEngineHandle, useThumbnail } from '../../engine/hooks.ts';
import { formatScore } from '../../i18n/format.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { Slider } from '../../ui/Slider.tsx';

const settleMilliseconds = 180;

/** What is searched for, and how alike a photo must be. */
export function SimilarHeader({
  similar,
  file,
  name,
}: {
  readonly similar: PhotoId | 'file';
  readonly file: Blob | null;
  readonly name: string | null;
}) {
  const { t } = useTranslation();
  const title = useRef<HTMLHeadingElement>(null);
  // The view came in the grid's place: whoever listens hears where they are.
  useEffect(() => title.current?.focus(), []);
  return (
    <header className="similar__head">
      <IconButton
        icon="arrow-left"
        label={t('similar.back')}
        shortcut="Esc"
        onPress={() => leave({ similar: null })}
      />
      {similar === 'file' ? file !== null && <FilePicture file={file} /> : <PhotoPicture id={similar} />}
      <div className="similar__words">
        <h1 ref={title} tabIndex={-1} className="similar__title" id="similar-title">
          {t(similar === 'file' ? 'similar.titleFile' : 'similar.titlePhoto')}
        </h1>
        {name !== null && <bdi className="similar__name foreign-text">{name}</bdi>}
      </div>
      <CutOff />
    </header>
  );
}

function CutOff() {
  const { t } = useTranslation();
  const engine = useEngineHandle();
  const stored = useEngine().settings.similarityCutOff;
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
        format={formatScore}
      />
      <output className="numeric">{formatScore(value)}</output>
    </div>
  );
}

function PhotoPicture({ id }: { readonly id: PhotoId }) {
  const { t } = useTranslation();
  const url = useThumbnail(id);
  return (
    <button
      type="button"
      className="similar__query"
      aria-label={t('similar.queryPhoto')}
      onClick={() => navigate({ photo: id })}
    >
      {url !== null && <img src={url} alt="" />}
    </button>
  );
}

function FilePicture({ file }: { readonly file: Blob }) {
  const { t } = useTranslation();
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    const made = URL.createObjectURL(file);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  const [broken, setBroken] = useState<Blob | null>(null);
  return (
    <div className="similar__query">
      {url !== null && broken !== file && (
        <img src={url} alt={t('similar.queryPhoto')} onError={() => setBroken(file)} />
      )}
    </div>
  );
}
