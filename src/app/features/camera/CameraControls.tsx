import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../ui/IconButton.tsx';
import { Slider } from '../../ui/Slider.tsx';
import { showToast } from '../../ui/toasts.ts';

/** What some cameras can do beyond the DOM's own types. */
interface Abilities {
  readonly zoom?: { readonly min: number; readonly max: number; readonly step: number };
  readonly torch?: boolean;
}

/** Zoom and light, where the camera has them. */
export function CameraControls({ track }: { readonly track: MediaStreamTrack }) {
  const { t } = useTranslation();
  const [zoom, setZoom] = useState<number | null>(null);
  const [torch, setTorch] = useState(false);
  useEffect(() => {
    setZoom(zoomOf(track));
    setTorch(false);
  }, [track]);
  const can = (track.getCapabilities?.() ?? {}) as Abilities;

  const apply = (change: { zoom: number } | { torch: boolean }) =>
    track.applyConstraints({ advanced: [change as MediaTrackConstraintSet] });
  const zoomTo = (value: number) => {
    // At once, as the slider is being moved; back where a camera refuses after all.
    setZoom(value);
    apply({ zoom: value }).catch(() => setZoom(zoomOf(track)));
  };
  const light = (on: boolean) => {
    apply({ torch: on }).then(
      () => setTorch(on),
      () => showToast({ text: t('camera.noTorch') }),
    );
  };
  return (
    <>
      {can.zoom !== undefined && can.zoom.max > can.zoom.min && (
        <Slider
          label={t('camera.zoom')}
          min={can.zoom.min}
          max={can.zoom.max}
          step={can.zoom.step || 0.1}
          value={zoom ?? can.zoom.min}
          onChange={zoomTo}
          format={(value) => `${value.toFixed(1)} ×`}
        />
      )}
      {can.torch === true && (
        <IconButton icon="torch" label={t('camera.torch')} pressed={torch} onPress={() => light(!torch)} />
      )}
    </>
  );
}

function zoomOf(track: MediaStreamTrack): number | null {
  return (track.getSettings() as { zoom?: number }).zoom ?? null;
}
