import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { leave, navigate } from '../../engine/fragment.ts';
import { useQuery } from '../../engine/hooks.ts';
import { isFiltered } from '../../engine/query-of.ts';
import { setSimilarFile } from '../../engine/similar-file.ts';
import { Button } from '../../ui/Button.tsx';
import { Checkbox } from '../../ui/Checkbox.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { showToast } from '../../ui/toasts.ts';
import { CameraControls } from './CameraControls.tsx';
import { CameraProblem } from './CameraProblem.tsx';
import type { CameraChoice } from './camera-choice.ts';
import { LiveHits } from './LiveHits.tsx';
import { useCamera } from './use-camera.ts';
import { useCameraFrames } from './use-camera-frames.ts';
import { useLiveMatches } from './use-live-matches.ts';
import './camera.css';

/** Longer side of a shot, pixels. */
const shotSide = 2048;

function close(): void {
  leave({ panel: null });
}

/** A camera to search with: a shot searches, and live matches follow what it sees. */
export default function CameraDialog() {
  const { t } = useTranslation();
  const [camera, setCamera] = useState<CameraChoice>({ facing: 'environment' });
  const [live, setLive] = useState(false);
  const video = useRef<HTMLVideoElement>(null);
  const { state, retry } = useCamera(camera);
  const filter = useQuery();
  const take = useCameraFrames(video);
  const matches = useLiveMatches(take, live && state.kind === 'live', filter);
  const stream = state.kind === 'live' ? state.stream : null;
  /** The stream whose first picture is there. */
  const [pictured, setPictured] = useState<MediaStream | null>(null);
  // As in a mirror, where it looks at the person.
  const isMirrored = state.kind === 'live' && state.facing === 'user';

  useEffect(() => {
    const element = video.current;
    if (element === null) return;
    element.srcObject = stream;
    // Rejects where the stream ends before it plays, which is told otherwise.
    if (stream !== null) element.play().catch(() => {});
  }, [stream]);

  const search = (picture: Blob, origin: 'file' | 'camera') => {
    setSimilarFile(picture, origin);
    navigate({ similar: 'file', region: null, photo: null, panel: null }, 'replace');
  };
  const shoot = async () => {
    const shot = await take(shotSide, 0.92);
    if (shot === null) showToast({ text: t('camera.noShot') });
    else search(shot, 'camera');
  };

  return (
    <Dialog
      title={t('camera.title')}
      isOpen
      onClose={close}
      size="large"
      {...(state.kind === 'live' && {
        footer: (
          <div className="camera__controls">
            <Checkbox kind="switch" checked={live} onChange={setLive}>
              {t('camera.live')}
            </Checkbox>
            <CameraControls track={state.track} />
            <OtherCamera other={state.other} onChange={setCamera} />
            <Button
              variant="primary"
              icon="camera"
              isDisabled={pictured !== stream}
              onPress={() => void shoot()}
            >
              {t('camera.shoot')}
            </Button>
          </div>
        ),
      })}
    >
      <div className="camera">
        {state.kind === 'problem' ? (
          <CameraProblem problem={state.problem} onRetry={retry} onPicture={search} />
        ) : (
          <div className="camera__frame">
            {/* What it shows is what the camera sees at this moment: there is nothing to caption. */}
            <video
              ref={video}
              className={`camera__video ${isMirrored ? 'camera__video--mirrored' : ''}`}
              aria-label={t('camera.picture')}
              onLoadedData={() => setPictured(stream)}
              autoPlay
              muted
              playsInline
            />
            {state.kind === 'asking' && (
              <p className="camera__wait" role="status">
                {t('camera.asking')}
              </p>
            )}
          </div>
        )}
        {state.kind === 'live' && live && <LiveHits matches={matches} isFiltered={isFiltered(filter)} />}
      </div>
    </Dialog>
  );
}

function OtherCamera({
  other,
  onChange,
}: {
  readonly other: CameraChoice | null;
  readonly onChange: (camera: CameraChoice) => void;
}) {
  const { t } = useTranslation();
  if (other === null) return null;
  const label = { environment: 'camera.toBack', user: 'camera.toFront', unknown: 'camera.toOther' } as const;
  const facing = 'facing' in other ? other.facing : 'unknown';
  return <IconButton icon="switch-camera" label={t(label[facing])} onPress={() => onChange(other)} />;
}
