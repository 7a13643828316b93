import type { Libheif } from 'libheif-js/libheif-wasm/libheif.js';
import wasmUrl from 'libheif-js/libheif-wasm/libheif.wasm?url';

/**
 * [Note: HEIC]
 * Browsers other than Safari do not decode HEIC. libheif (LGPL-3.0) does, in WebAssembly, which is served as it comes from
 * its package, in a file of its own, so that anyone can put another build in its place; it is loaded with the first such
 * picture. Colours are taken as sRGB, whatever profile the file names.
 */

/** WebAssembly never gives memory back: an instance that has grown beyond this, bytes, is dropped. */
const mostKeptMemory = 256 * 2 ** 20;

let loaded: Promise<Libheif> | null = null;

async function load(): Promise<Libheif> {
  const [{ default: libheif }, response] = await Promise.all([
    import('libheif-js/libheif-wasm/libheif.js'),
    fetch(wasmUrl),
  ]);
  if (!response.ok) throw new Error(`${wasmUrl}: HTTP ${response.status}`);
  return libheif({ wasmBinary: await response.arrayBuffer() });
}

/**
 * The main picture of a HEIC file, turned as the file says, RGBA. Null where the file is damaged or of a kind that
 * libheif does not know. Rejects where the decoder itself cannot be loaded.
 */
export async function decodeHeic(bytes: ArrayBuffer): Promise<ImageData | null> {
  loaded ??= load();
  let heif: Libheif;
  try {
    heif = await loaded;
  } catch (error) {
    loaded = null; // tried again with the next picture
    throw error;
  }
  try {
    const picture = await decodeWith(heif, new Uint8Array(bytes));
    if (heif.HEAPU8.byteLength > mostKeptMemory) loaded = null;
    return picture;
  } catch {
    // A trap within WebAssembly, on a file that it did not expect: what is left of the instance cannot be trusted.
    loaded = null;
    return null;
  }
}

async function decodeWith(heif: Libheif, bytes: Uint8Array): Promise<ImageData | null> {
  const context = heif.heif_context_alloc();
  try {
    const { code } = heif.heif_context_read_from_memory(context, bytes);
    if (code !== heif.heif_error_code.heif_error_Ok) return null;
    const handle = heif.heif_js_context_get_primary_image_handle(context);
    if (handle.code !== undefined) return null;
    try {
      return await pixelsOf(heif, handle);
    } finally {
      heif.heif_image_handle_release(handle);
    }
  } finally {
    heif.heif_context_free(context);
  }
}

async function pixelsOf(heif: Libheif, handle: unknown): Promise<ImageData | null> {
  const decoded = await heif.heif_js_decode_image2(
    handle,
    heif.heif_colorspace.heif_colorspace_RGB,
    heif.heif_chroma.heif_chroma_interleaved_RGBA,
  );
  if (!('channels' in decoded)) return null;
  try {
    const plane = decoded.channels.find(({ id }) => id === heif.heif_channel.heif_channel_interleaved);
    if (plane === undefined) return null;
    const { width, height, stride, data } = plane;
    const picture = new ImageData(width, height);
    for (let y = 0; y < height; y++) {
      picture.data.set(data.subarray(y * stride, y * stride + 4 * width), 4 * width * y);
    }
    return picture;
  } finally {
    heif.heif_image_release(decoded.image);
  }
}
