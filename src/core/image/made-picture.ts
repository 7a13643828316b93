import { seededUniform } from '../learning/random.ts';
import type { Picture } from './picture.ts';

/** For tests: a picture of many shaded, overlapping ellipses and boxes, another one for every seed. */
export function madePicture(seed: number, width = 240, height = 180): Picture {
  const draw = seededUniform(seed);
  const rgba = new Uint8Array(width * height * 4).fill(255);
  for (let shape = 0; shape < 90; shape++) {
    const [cx, cy] = [draw() * width, draw() * height];
    const size = 0.03 + 0.25 * draw() ** 2;
    const [rx, ry] = [size * width * (0.4 + draw()), size * height * (0.4 + draw())];
    const colour = [draw() * 255, draw() * 255, draw() * 255];
    const slope = draw() * 80 - 40;
    const round = draw() < 0.5;
    for (let y = Math.max(0, Math.ceil(cy - ry)); y <= Math.min(height - 1, cy + ry); y++) {
      for (let x = Math.max(0, Math.ceil(cx - rx)); x <= Math.min(width - 1, cx + rx); x++) {
        const [u, v] = [(x - cx) / rx, (y - cy) / ry];
        if (round && u * u + v * v > 1) continue;
        const at = (y * width + x) * 4;
        colour.forEach((value, c) => {
          rgba[at + c] = Math.max(0, Math.min(255, value + slope * (u + v)));
        });
      }
    }
  }
  return { rgba, width, height };
}

/** For tests: every pixel of one colour. */
export function flatPicture(red: number, green: number, blue: number, width = 64, height = 48): Picture {
  const rgba = new Uint8Array(width * height * 4);
  for (let at = 0; at < rgba.length; at += 4) rgba.set([red, green, blue, 255], at);
  return { rgba, width, height };
}

/** For tests: a new picture whose pixel at (x, y) is that of `picture` at `from(x, y)`, between pixels; white outside. */
export function warpPicture(
  picture: Picture,
  width: number,
  height: number,
  from: (x: number, y: number) => readonly [number, number],
): Picture {
  const rgba = new Uint8Array(width * height * 4).fill(255);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [sx, sy] = from(x + 0.5, y + 0.5);
      if (sx < 0 || sy < 0 || sx > picture.width || sy > picture.height) continue;
      const at = (y * width + x) * 4;
      for (let c = 0; c < 3; c++) rgba[at + c] = Math.round(valueAt(picture, sx - 0.5, sy - 0.5, c));
    }
  }
  return { rgba, width, height };
}

function valueAt({ rgba, width, height }: Picture, x: number, y: number, c: number): number {
  const x0 = Math.min(width - 1, Math.max(0, Math.floor(x)));
  const y0 = Math.min(height - 1, Math.max(0, Math.floor(y)));
  const x1 = Math.min(width - 1, x0 + 1);
  const y1 = Math.min(height - 1, y0 + 1);
  const [fx, fy] = [Math.min(1, Math.max(0, x - x0)), Math.min(1, Math.max(0, y - y0))];
  const at = (px: number, py: number) => rgba[(py * width + px) * 4 + c]!;
  return (
    (at(x0, y0) * (1 - fx) + at(x1, y0) * fx) * (1 - fy) + (at(x0, y1) * (1 - fx) + at(x1, y1) * fx) * fy
  );
}
