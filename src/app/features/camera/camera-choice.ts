export type Facing = 'environment' | 'user';

/** Which camera: by where it looks, as phones tell, or by its id. */
export type CameraChoice = { readonly facing: Facing } | { readonly device: string };

/** What is known of a camera before it is opened: browsers that say more do so once one camera is open. */
export type KnownCamera = Pick<MediaDeviceInfo, 'deviceId'> &
  Partial<Pick<InputDeviceInfo, 'getCapabilities'>>;

/**
 * The camera to switch to; null where there is none.
 *
 * @param open the id of the open camera, where the browser tells it
 * @param facing where that one looks; null where the browser does not tell
 */
export function otherCamera(
  open: string | undefined,
  facing: Facing | null,
  cameras: readonly KnownCamera[],
): CameraChoice | null {
  if (cameras.length < 2) return null;
  // Phones have several cameras a side: their own choice of one is the best.
  if (facing === 'environment') return { facing: 'user' };
  const at = cameras.findIndex(({ deviceId }) => deviceId === open);
  // A laptop's camera looks at the person, too, but one on a cable does not say where it looks: asked for the back, the
  // browser would open the laptop's again.
  if (facing === 'user' && cameras.some((camera, n) => n !== at && looksAway(camera)))
    return { facing: 'environment' };
  return { device: cameras[(at + 1) % cameras.length]!.deviceId };
}

function looksAway(camera: KnownCamera): boolean {
  return camera.getCapabilities?.().facingMode?.includes('environment') === true;
}
