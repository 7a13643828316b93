import { type RefObject, useCallback, useEffect, useRef } from 'react';
import { CameraFrames } from '../../engine/camera-frames.ts';

/** Takes a picture of what a video shows; see `CameraFrames.take`. */
export type TakeFrame = (longest: number, quality: number) => Promise<Blob | null>;

/** The worker behind it lives as long as the component. */
export function useCameraFrames(video: RefObject<HTMLVideoElement | null>): TakeFrame {
  const frames = useRef<CameraFrames | null>(null);
  useEffect(() => {
    frames.current = new CameraFrames();
    return () => frames.current?.close();
  }, []);
  return useCallback(
    async (longest, quality) =>
      video.current === null || frames.current === null
        ? null
        : frames.current.take(video.current, longest, quality),
    [video],
  );
}
