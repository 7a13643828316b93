import { describe, expect, it } from 'vitest';
import type { ImageHeader } from './image-header.ts';
import { headerFailure, preparePhoto } from './process-photo.ts';
import { scaledSize } from './scaled-decoder.ts';

const options = { maxMegapixels: 120, thumbnailSize: 360, inputSize: 160 };

function picture(width: number, height: number): ImageHeader {
  return { kind: 'picture', format: 'png', width, height };
}

describe('a file is refused before it is decoded', () => {
  const blob = new Blob(['x']);

  it('when it has more megapixels than the limit, and the figures never look alike', () => {
    expect(headerFailure(picture(12_000, 10_000), 9, blob, 120)).toBeNull();
    expect(headerFailure(picture(12_000, 10_001), 9, blob, 120)).toEqual({
      code: 'too-many-pixels',
      found: '120.1',
      limit: '120',
    });
    expect(headerFailure(picture(30_000, 30_000), 9, blob, 120)).toMatchObject({ found: '900' });
  });

  it('when it has no width or no height', () => {
    expect(headerFailure(picture(0, 40), 9, blob, 120)).toEqual({ code: 'zero-size', found: '0 x 40' });
  });

  it('when its format is not taken, named by its bytes, else by its ending', () => {
    const unknown: ImageHeader = { kind: 'unsupported', found: null };
    expect(headerFailure({ kind: 'unsupported', found: 'CR3' }, 9, blob, 120)).toEqual({
      code: 'unsupported-type',
      found: 'CR3',
    });
    expect(headerFailure(unknown, 9, new File(['x'], 'a.b.dng'), 120)).toMatchObject({ found: 'DNG' });
    expect(headerFailure(unknown, 9, blob, 120)).toEqual({ code: 'unsupported-type' });
  });

  it('when it is empty', async () => {
    expect(await preparePhoto(new Blob([]), options)).toEqual({
      ok: false,
      failure: { code: 'empty-file' },
      sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    });
  });
});

describe('a file that cannot be read', () => {
  const failing = (name: string) =>
    preparePhoto(
      Object.assign(new Blob([]), { arrayBuffer: () => Promise.reject(new DOMException('so it is', name)) }),
      options,
    );

  it('is missing, needs permission, or is unreadable', async () => {
    const code = async (name: string) => {
      const result = await failing(name);
      return result.ok ? 'ok' : result.failure;
    };
    expect(await code('NotFoundError')).toEqual({ code: 'file-missing' });
    expect(await code('NotAllowedError')).toEqual({ code: 'no-permission' });
    expect(await code('NotReadableError')).toEqual({ code: 'unreadable', found: 'so it is' });
    expect(await failing('NotFoundError')).toMatchObject({ sha256: null });
  });
});

describe('the size a JPEG is decoded at', () => {
  it('is the least eighth that reaches the scale', () => {
    expect(scaledSize(4000, 3000, 320 / 3000)).toEqual({ width: 500, height: 375 });
    expect(scaledSize(2560, 2560, 320 / 2560)).toEqual({ width: 320, height: 320 });
    expect(scaledSize(1632, 1224, 320 / 1224)).toEqual({ width: 612, height: 459 });
    expect(scaledSize(4001, 2999, 0.1)).toEqual({ width: 501, height: 375 });
  });

  it('is the whole size above one half', () => {
    expect(scaledSize(800, 600, 320 / 600)).toEqual({ width: 800, height: 600 });
    expect(scaledSize(100, 50, 1)).toEqual({ width: 100, height: 50 });
  });
});
