import { useCallback, useEffect, useRef, useState } from 'react';
import { type CameraChoice, type Facing, otherCamera } from './camera-choice.ts';
import { isNoCamera, openCamera } from './open-camera.ts';

/** Why no picture comes from a camera. */
export type CameraProblem =
  | 'denied' // the person, the browser or the system does not allow it
  | 'none' // there is no camera
  | 'busy' // another program has it
  | 'taken' // it worked and was taken away
  | 'unsupported'; // the browser gives no access, as outside of HTTPS

export type CameraState =
  | { readonly kind: 'asking' }
  | {
      readonly kind: 'live';
      readonly stream: MediaStream;
      readonly track: MediaStreamTrack;
      /** Where it looks; null where the browser does not tell, as of cameras on cables. */
      readonly facing: Facing | null;
      /** The camera to switch to; null where there is none. */
      readonly other: CameraChoice | null;
    }
  | { readonly kind: 'problem'; readonly problem: CameraProblem };

/**
 * A camera's stream for as long as the component is there: it is stopped when the component goes, when the other camera
 * is asked for, and when the camera is taken away.
 */
export function useCamera(choice: CameraChoice): {
  readonly state: CameraState;
  readonly retry: () => void;
} {
  const [state, setState] = useState<CameraState>({ kind: 'asking' });
  const [attempt, setAttempt] = useState(0);
  const turn = useRef(0);
  const wantedCamera = JSON.stringify(choice);

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
        // Only there in secure contexts.
        const devices = navigator.mediaDevices as MediaDevices | undefined;
        const opened = await openCamera(devices, JSON.parse(wantedCamera) as CameraChoice);
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
        const known = await navigator.mediaDevices.enumerateDevices();
        // Closed, or taken away, while they were listed.
        if (turn.current !== mine || stream === null) return;
        const cameras = known.filter(({ kind }) => kind === 'videoinput');
        const facing = facingOf(track);
        const other = otherCamera(track.getSettings().deviceId, facing, cameras);
        setState({ kind: 'live', stream: opened, track, facing, other });
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
  }, [wantedCamera, attempt]);

  return { state, retry: useCallback(() => setAttempt((count) => count + 1), []) };
}

function facingOf(track: MediaStreamTrack): Facing | null {
  const { facingMode } = track.getSettings();
  return facingMode === 'user' || facingMode === 'environment' ? facingMode : null;
}

function problemOf(error: unknown): CameraProblem {
  if (isNoCamera(error)) return 'none';
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied';
  if (name === 'NotReadableError' || name === 'AbortError') return 'busy';
  return 'unsupported';
}
