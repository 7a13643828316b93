import { expect, test } from 'vitest';
import { type KnownCamera, otherCamera } from './camera-choice.ts';

function camera(deviceId: string, facingMode?: string[]): KnownCamera {
  return { deviceId, ...(facingMode !== undefined && { getCapabilities: () => ({ facingMode }) }) };
}

test('a single camera has no other', () => {
  expect(otherCamera('front', 'user', [camera('front', ['user'])])).toBeNull();
});

test('a phone chooses among its cameras of a side itself', () => {
  const cameras = [
    camera('front', ['user']),
    camera('wide', ['environment']),
    camera('far', ['environment']),
  ];
  expect(otherCamera('front', 'user', cameras)).toEqual({ facing: 'environment' });
  expect(otherCamera('far', 'environment', cameras)).toEqual({ facing: 'user' });
});

test("beside a laptop's own camera, those on cables are asked for by their ids", () => {
  const cameras = [camera('built in', ['user']), camera('on a cable', [])];
  expect(otherCamera('built in', 'user', cameras)).toEqual({ device: 'on a cable' });
  expect(otherCamera('on a cable', null, cameras)).toEqual({ device: 'built in' });
  const silent = [camera('built in'), camera('on a cable')];
  expect(otherCamera('built in', 'user', silent)).toEqual({ device: 'on a cable' });
});

test('a camera whose id is not told gives way to the first', () => {
  expect(otherCamera(undefined, null, [camera('a'), camera('b')])).toEqual({ device: 'a' });
});
