import { useTranslation } from 'react-i18next';
import { acceptedPictures } from '../../../core/library/candidate.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { FileButton } from '../../ui/FileInput.tsx';
import type { CameraProblem as Problem } from './use-camera.ts';

/** Why there is no camera picture, what can be done about it, and the way with a file. */
export function CameraProblem({
  problem,
  onRetry,
  onPicture,
}: {
  readonly problem: Problem;
  readonly onRetry: () => void;
  /** `camera`: just taken. */
  readonly onPicture: (picture: Blob, origin: 'file' | 'camera') => void;
}) {
  const { t } = useTranslation();
  const texts = {
    denied: ['camera.denied', 'camera.deniedText'],
    none: ['camera.none', 'camera.noneText'],
    busy: ['camera.busy', 'camera.busyText'],
    taken: ['camera.taken', 'camera.takenText'],
    unsupported: ['camera.unsupported', 'camera.unsupportedText'],
  } as const;
  const [title, text] = texts[problem];
  return (
    <div role="alert">
      <EmptyState icon="camera" title={t(title)} text={t(text)}>
        <FileButton
          variant="primary"
          icon="file"
          label={t('camera.choosePicture')}
          accept={acceptedPictures}
          onFile={(file) => onPicture(file, 'file')}
        >
          {t('camera.choosePicture')}
        </FileButton>
        {/* Phones hand this over to their own camera app, which needs no permission of ours. */}
        {navigator.maxTouchPoints > 0 && (
          <FileButton
            icon="camera"
            label={t('camera.systemCamera')}
            accept="image/*"
            capture="environment"
            onFile={(file) => onPicture(file, 'camera')}
          >
            {t('camera.systemCamera')}
          </FileButton>
        )}
        {problem !== 'unsupported' && (
          <Button variant="quiet" icon="retry" onPress={onRetry}>
            {t('camera.again')}
          </Button>
        )}
      </EmptyState>
    </div>
  );
}
