import { useTranslation } from 'react-i18next';
import { IconButton } from '../../ui/IconButton.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { narrowScreen, useMediaQuery } from '../../ui/use-media-query.ts';
import type { CompareMode } from './CompareStage.tsx';
import { fitted, type LockedZoom, zoomBy, zoomFactor } from './use-locked-zoom.ts';

/** How the photos of a group are looked at, and how closely. */
export function CompareBar({
  mode,
  onMode,
  zoom,
  onZoom,
}: {
  readonly mode: CompareMode;
  readonly onMode: (mode: CompareMode) => void;
  readonly zoom: LockedZoom;
  readonly onZoom: (step: (zoom: LockedZoom) => LockedZoom) => void;
}) {
  const { t } = useTranslation();
  // All in one line on a phone.
  const size = useMediaQuery(narrowScreen) ? 'small' : 'medium';
  return (
    <div className="compare-bar">
      <Segmented
        label={t('duplicates.look')}
        value={mode}
        size="small"
        options={(['side', 'flip', 'difference'] as const).map((value) => ({
          value,
          label: t(`duplicates.mode.${value}`),
        }))}
        onChange={onMode}
      />
      <IconButton
        icon="zoom-out"
        size={size}
        label={t('duplicates.zoomOut')}
        shortcut="−"
        isDisabled={zoom.scale <= 1}
        onPress={() => onZoom((now) => zoomBy(now, 1 / zoomFactor))}
      />
      <IconButton
        icon="zoom-in"
        size={size}
        label={t('duplicates.zoomIn')}
        shortcut="+"
        onPress={() => onZoom((now) => zoomBy(now, zoomFactor))}
      />
      <IconButton
        icon="fit"
        size={size}
        label={t('duplicates.zoomFit')}
        shortcut="0"
        isDisabled={zoom.scale <= 1}
        onPress={() => onZoom(() => fitted)}
      />
    </div>
  );
}
