import type { CameraChoice } from './camera-choice.ts';

/** Larger pictures would be scaled down again before the model sees them. */
const wanted = { width: { ideal: 1920 }, height: { ideal: 1440 } };

/**
 * The stream of a camera. One that was asked for by its id and is gone, as after its cable was pulled out, gives way to
 * whichever there is.
 *
 * @throws DOMException as `getUserMedia` does; `NotSupportedError` where the browser gives no access at all
 */
export async function openCamera(
  devices: Pick<MediaDevices, 'getUserMedia'> | undefined,
  choice: CameraChoice,
): Promise<MediaStream> {
  if (devices?.getUserMedia === undefined) throw new DOMException('no access', 'NotSupportedError');
  const open = (which: MediaTrackConstraints) =>
    devices.getUserMedia({ audio: false, video: { ...which, ...wanted } });
  if ('facing' in choice) return open({ facingMode: choice.facing });
  try {
    return await open({ deviceId: { exact: choice.device } });
  } catch (error) {
    if (!isNoCamera(error)) throw error;
    return open({ facingMode: 'environment' });
  }
}

/** Whether there is no such camera. */
export function isNoCamera(error: unknown): boolean {
  // Some browsers' `OverconstrainedError` is no DOMException.
  const { name } = Object(error) as { name?: unknown };
  return name === 'OverconstrainedError' || name === 'NotFoundError';
}
