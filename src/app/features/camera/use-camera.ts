import { useCallback, useEffect, useRef, useState } from 'react';

/** Why no picture comes from a camera. */
export type CameraProblem =
  | 'denied' // the person, the browser or the system does not allow it
  | 'none' // there is no camera
  | 'busy' // another program has it
  | 'taken' // it worked and was taken away
  | 'unsupported'; // the browser gives no access, as outside of HTTPS

export type Facing = 'environment' | 'user';

export type CameraState =
  | { readonly kind: 'asking' }
  | {
      readonly kind: 'live';
      readonly stream: MediaStream;
      readonly track: MediaStreamTrack;
      /** Cameras to switch between. */
      readonly cameras: number;
    }
  | { readonly kind: 'problem'; readonly problem: CameraProblem };

/** Larger pictures would be scaled down again before the model sees them. */
const wanted = { width: { ideal: 1920 }, height: { ideal: 1440 } };

/**
 * A camera's stream for as long as the component is there: it is stopped when the component goes, when the other camera
 * is asked for, and when the camera is taken away.
 */
export function useCamera(facing: Facing): { readonly state: CameraState; readonly retry: () => void } {
  const [state, setState] = useState<CameraState>({ kind: 'asking' });
  const [attempt, setAttempt] = useState(0);
  const turn = useRef(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt is another stream
  useEffect(() => {
    const mine = ++turn.current;
    let stream: MediaStream | null = null;
    const stop = () => {
      for (const track of stream?.getTracks() ?? []) track.stop();
      stream = null;
    };
    const start = async () => {
      setState({ kind: 'asking' });
      try {
        const opened = await openCamera(facing);
        // Closed while the person was asked.
        if (turn.current !== mine) {
          for (const track of opened.getTracks()) track.stop();
          return;
        }
        stream = opened;
        const [track] = opened.getVideoTracks();
        if (track === undefined) throw new DOMException('no video track', 'NotFoundError');
        track.addEventListener('ended', () => {
          if (turn.current !== mine) return;
          stop();
          setState({ kind: 'problem', problem: 'taken' });
        });
        const devices = await navigator.mediaDevices.enumerateDevices();
        if (turn.current !== mine) return;
        const cameras = devices.filter(({ kind }) => kind === 'videoinput').length;
        setState({ kind: 'live', stream: opened, track, cameras });
      } catch (error) {
        stop();
        if (turn.current === mine) setState({ kind: 'problem', problem: problemOf(error) });
      }
    };
    void start();
    return () => {
      turn.current++;
      stop();
    };
  }, [facing, attempt]);

  return { state, retry: useCallback(() => setAttempt((count) => count + 1), []) };
}

async function openCamera(facing: Facing): Promise<MediaStream> {
  // Only there in secure contexts.
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (devices?.getUserMedia === undefined) throw new DOMException('no access', 'NotSupportedError');
  return devices.getUserMedia({ audio: false, video: { facingMode: facing, ...wanted } });
}

function problemOf(error: unknown): CameraProblem {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied';
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'none';
  if (name === 'NotReadableError' || name === 'AbortError') return 'busy';
  return 'unsupported';
}
