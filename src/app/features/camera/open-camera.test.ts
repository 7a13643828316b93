import { expect, test } from 'vitest';
import { openCamera } from './open-camera.ts';

const stream = {} as MediaStream;

/** Cameras by id, of which none but the built-in one is there. */
function cameras(error: Error) {
  const asked: unknown[] = [];
  const getUserMedia = async ({ video }: MediaStreamConstraints = {}) => {
    const { deviceId, facingMode } = video as MediaTrackConstraints;
    asked.push(deviceId ?? facingMode);
    if (deviceId !== undefined) throw error;
    return stream;
  };
  return { asked, devices: { getUserMedia } };
}

const named = (name: string) => Object.assign(new Error('no'), { name });

test('a camera on a cable that was pulled out gives way to the one that is there', async () => {
  for (const name of ['OverconstrainedError', 'NotFoundError']) {
    const { asked, devices } = cameras(named(name));
    expect(await openCamera(devices, { device: 'gone' })).toBe(stream);
    expect(asked).toEqual([{ exact: 'gone' }, 'environment']);
  }
});

test('what else goes wrong is told, and so is a browser without cameras', async () => {
  const { asked, devices } = cameras(named('NotAllowedError'));
  await expect(openCamera(devices, { device: 'there' })).rejects.toThrow('no');
  expect(asked).toHaveLength(1);
  await expect(openCamera(undefined, { facing: 'user' })).rejects.toThrow('no access');
});
