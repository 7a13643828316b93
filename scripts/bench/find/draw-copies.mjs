// @ts-check
// Runs in a page: decodes photos and draws copies of them. See material.mjs.

/** @typedef {{ width: number, height: number, rgba: string }} PackedPicture `rgba`: base64 */
/** @typedef {{ thumbnail: PackedPicture, pixels: PackedPicture, box: number[] | null }} Packed */

const thumbnailSide = 320;

/** @param {number} width @param {number} height */
function canvasOf(width, height) {
  const canvas = new OffscreenCanvas(Math.max(1, Math.round(width)), Math.max(1, Math.round(height)));
  const context = canvas.getContext('2d', { alpha: false });
  if (context === null) throw new Error('no 2D context');
  context.imageSmoothingQuality = 'high';
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  return { canvas, context };
}

/** @param {CanvasImageSource & {width: number, height: number}} photo @param {number} quality */
async function recoded(photo, quality) {
  const { canvas, context } = canvasOf(photo.width, photo.height);
  context.drawImage(photo, 0, 0);
  return createImageBitmap(await canvas.convertToBlob({ type: 'image/jpeg', quality }));
}

/**
 * Each makes a copy of a photo; `draw` gives numbers from 0 to 1, seeded. `box`: the part of the photo that the copy
 * shows (left, top, width, height; 0..1) where it was cropped.
 *
 * @type {Record<string, (photo: ImageBitmap, draw: () => number, other: ImageBitmap) => {canvas: OffscreenCanvas, box?: number[], quality?: number}>}
 */
const kinds = {
  resize(photo) {
    const { canvas, context } = canvasOf(photo.width / 2, photo.height / 2);
    context.drawImage(photo, 0, 0, canvas.width, canvas.height);
    return { canvas };
  },
  recompress(photo) {
    const { canvas, context } = canvasOf(photo.width, photo.height);
    context.drawImage(photo, 0, 0);
    return { canvas, quality: 0.25 };
  },
  mirror(photo) {
    const { canvas, context } = canvasOf(photo.width, photo.height);
    context.scale(-1, 1);
    context.drawImage(photo, -canvas.width, 0);
    return { canvas };
  },
  'rotate 90'(photo) {
    const { canvas, context } = canvasOf(photo.height, photo.width);
    context.translate(canvas.width, 0);
    context.rotate(Math.PI / 2);
    context.drawImage(photo, 0, 0);
    return { canvas };
  },
  'rotate 15'(photo) {
    const { canvas, context } = canvasOf(photo.width, photo.height);
    context.translate(canvas.width / 2, canvas.height / 2);
    context.rotate(Math.PI / 12);
    context.drawImage(photo, -canvas.width / 2, -canvas.height / 2);
    return { canvas };
  },
  'crop 80 %': (photo, draw) => cropped(photo, draw, 0.8),
  'crop 50 %': (photo, draw) => cropped(photo, draw, 0.5),
  'crop 25 %': (photo, draw) => cropped(photo, draw, 0.25),
  border(photo) {
    const rim = Math.round(0.1 * Math.min(photo.width, photo.height));
    const { canvas, context } = canvasOf(photo.width + 2 * rim, photo.height + 2 * rim);
    context.fillStyle = '#234';
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(photo, rim, rim);
    return { canvas };
  },
  text(photo, draw) {
    const { canvas, context } = canvasOf(photo.width, photo.height);
    context.drawImage(photo, 0, 0);
    const height = photo.height / 5;
    const top = draw() * (photo.height - height);
    context.fillStyle = '#000a';
    context.fillRect(0, top, photo.width, height);
    context.fillStyle = '#fff';
    context.font = `bold ${height * 0.4}px sans-serif`;
    context.fillText('When the lights go out', 6, top + height * 0.45, photo.width - 12);
    context.fillText('and nobody is looking', 6, top + height * 0.9, photo.width - 12);
    return { canvas };
  },
  'brightness, hue'(photo) {
    const { canvas, context } = canvasOf(photo.width, photo.height);
    context.filter = 'brightness(1.25) hue-rotate(30deg)';
    context.drawImage(photo, 0, 0);
    return { canvas };
  },
  perspective(photo) {
    // Seen from the left: the right side is a quarter shorter and lines across come closer to each other.
    const { canvas, context } = canvasOf(photo.width * 0.85, photo.height);
    for (let x = 0; x < canvas.width; x++) {
      const t = x / canvas.width;
      const height = photo.height * (1 - 0.25 * t);
      const from = (t * 0.75) / (1 - 0.25 * t);
      context.drawImage(
        photo,
        from * photo.width,
        0,
        1.5,
        photo.height,
        x,
        (photo.height - height) / 2,
        1,
        height,
      );
    }
    return { canvas };
  },
  collage(photo, draw, other) {
    const height = Math.min(photo.height, 480);
    const widthOf = (/** @type {ImageBitmap} */ part) => (part.width * height) / part.height;
    const [own, beside] = [widthOf(photo), widthOf(other)];
    const { canvas, context } = canvasOf(own + beside + 6, height);
    const swapped = draw() < 0.5;
    context.drawImage(photo, swapped ? beside + 6 : 0, 0, own, height);
    context.drawImage(other, swapped ? 0 : own + 6, 0, beside, height);
    return { canvas };
  },
  screenshot(photo) {
    const [width, height] = [400, 800];
    const { canvas, context } = canvasOf(width, height);
    context.fillStyle = '#1b1f27';
    context.fillRect(0, 0, width, 70);
    context.fillStyle = '#fff';
    context.font = '22px sans-serif';
    context.fillText('9:41', 20, 28);
    context.fillText('Holiday pictures', 20, 58);
    const shown = (photo.height * width) / photo.width;
    const tall = Math.min(shown, 560);
    const wide = (photo.width * tall) / photo.height;
    context.drawImage(photo, (width - wide) / 2, 110, wide, tall);
    context.fillStyle = '#333';
    context.fillText('Liked by 28 others', 20, 110 + tall + 34);
    context.fillText('What a day that was!', 20, 110 + tall + 66);
    return { canvas };
  },
};

/** @param {ImageBitmap} photo @param {() => number} draw @param {number} area */
function cropped(photo, draw, area) {
  const side = Math.sqrt(area);
  const [left, top] = [draw() * (1 - side), draw() * (1 - side)];
  const { canvas, context } = canvasOf(photo.width * side, photo.height * side);
  context.drawImage(photo, -left * photo.width, -top * photo.height);
  return { canvas, box: [left, top, side, side] };
}

/** A thumbnail as the app stores it, decoded again. @param {ImageBitmap} photo */
async function thumbnailOf(photo) {
  const scale = Math.min(1, thumbnailSide / Math.max(photo.width, photo.height));
  const { canvas, context } = canvasOf(photo.width * scale, photo.height * scale);
  context.imageSmoothingQuality = 'medium';
  context.drawImage(photo, 0, 0, canvas.width, canvas.height);
  const small = await recoded(await createImageBitmap(canvas), 0.72);
  const read = canvasOf(small.width, small.height);
  read.context.drawImage(small, 0, 0);
  return {
    width: small.width,
    height: small.height,
    rgba: read.context.getImageData(0, 0, small.width, small.height).data,
  };
}

/** Pixels for the model: shorter side 320, so that it is scaled once more as in the app. @param {ImageBitmap} photo */
function pixelsOf(photo) {
  const scale = Math.min(1, 320 / Math.min(photo.width, photo.height));
  const { canvas, context } = canvasOf(photo.width * scale, photo.height * scale);
  context.drawImage(photo, 0, 0, canvas.width, canvas.height);
  const { width, height } = canvas;
  return { width, height, rgba: context.getImageData(0, 0, width, height).data };
}

/** @param {{width: number, height: number, rgba: Uint8ClampedArray}} picture */
function packed({ width, height, rgba }) {
  let text = '';
  for (let at = 0; at < rgba.length; at += 32768)
    text += String.fromCharCode(...rgba.subarray(at, at + 32768));
  return { width, height, rgba: btoa(text) };
}

/** @param {string} base64 */
async function decoded(base64) {
  const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
  return createImageBitmap(new Blob([bytes]));
}

/** @param {number} seed */
function numbers(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** @param {ImageBitmap} photo @param {number[] | null} box @returns {Promise<Packed>} */
async function looksOf(photo, box) {
  return { thumbnail: packed(await thumbnailOf(photo)), pixels: packed(pixelsOf(photo)), box };
}

const drawing = {
  /** @param {string} base64 of a photo */
  picturesOf: async (base64) => looksOf(await decoded(base64), null),
  /** @param {string} base64 @param {string} otherBase64 @param {string} kind @param {number} seed */
  async copyOf(base64, otherBase64, kind, seed) {
    const draw = kinds[kind];
    if (draw === undefined) throw new RangeError(kind);
    const { canvas, box, quality } = draw(await decoded(base64), numbers(seed), await decoded(otherBase64));
    return looksOf(await recoded(await createImageBitmap(canvas), quality ?? 0.85), box ?? null);
  },
};

/** What `material.mjs` calls. @typedef {typeof drawing} Drawing */
Object.assign(globalThis, { drawing });
