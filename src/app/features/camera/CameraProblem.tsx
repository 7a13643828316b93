import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import type { CameraProblem as Problem } from './use-camera.ts';

/** Why there is no camera picture, what can be done about it, and the way with a file. */
export function CameraProblem({
  problem,
  onRetry,
  onPicture,
}: {
  readonly problem: Problem;
  readonly onRetry: () => void;
  readonly onPicture: (picture: Blob) => void;
}) {
  const { t } = useTranslation();
  const file = useRef<HTMLInputElement>(null);
  const shot = useRef<HTMLInputElement>(null);
  const texts = {
    denied: ['camera.denied', 'camera.deniedText'],
    none: ['camera.none', 'camera.noneText'],
    busy: ['camera.busy', 'camera.busyText'],
    taken: ['camera.taken', 'camera.takenText'],
    unsupported: ['camera.unsupported', 'camera.unsupportedText'],
  } as const;
  const [title, text] = texts[problem];
  const taken = (input: HTMLInputElement) => {
    const [picture] = input.files ?? [];
    input.value = '';
    if (picture !== undefined) onPicture(picture);
  };
  return (
    <div role="alert">
      <EmptyState icon="camera" title={t(title)} text={t(text)}>
        <Button variant="primary" icon="file" onPress={() => file.current?.click()}>
          {t('camera.choosePicture')}
        </Button>
        {/* Phones hand this over to their own camera app, which needs no permission of ours. */}
        {navigator.maxTouchPoints > 0 && (
          <Button icon="camera" onPress={() => shot.current?.click()}>
            {t('camera.systemCamera')}
          </Button>
        )}
        {problem !== 'unsupported' && (
          <Button variant="quiet" icon="retry" onPress={onRetry}>
            {t('camera.again')}
          </Button>
        )}
      </EmptyState>
      <input
        ref={file}
        type="file"
        accept="image/*"
        hidden
        aria-label={t('camera.choosePicture')}
        onChange={(event) => taken(event.currentTarget)}
      />
      <input
        ref={shot}
        type="file"
        accept="image/*"
        capture="environment"
        hidden
        aria-label={t('camera.systemCamera')}
        onChange={(event) => taken(event.currentTarget)}
      />
    </div>
  );
}
