import type { Locator } from './test.ts';

/** Colours of an image's corners as it is painted, row by row. */
export function cornersOf(image: Locator): Promise<string[]> {
  return image.evaluate(async (element: HTMLImageElement) => {
    await element.decode();
    const { naturalWidth: width, naturalHeight: height } = element;
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D;
    context.drawImage(element, 0, 0);
    // Well within the squares, which are a quarter of the shorter side.
    const size = Math.round(height / 8);
    const left = Math.round(height / 16);
    return [
      [left, left],
      [width - left - size, left],
      [left, height - left - size],
      [width - left - size, height - left - size],
    ].map(([x = 0, y = 0]) => {
      const { data } = context.getImageData(x, y, size, size);
      const mean = [0, 1, 2].map((channel) => {
        let sum = 0;
        for (let i = channel; i < data.length; i += 4) sum += data[i] ?? 0;
        return Math.round(sum / (data.length / 4));
      });
      const bright = mean.map((value) => (value > 200 ? 'x' : value < 60 ? '.' : '?')).join('');
      return { 'x..': 'red', '.x.': 'green', '..x': 'blue', xxx: 'white' }[bright] ?? mean.join(' ');
    });
  });
}
