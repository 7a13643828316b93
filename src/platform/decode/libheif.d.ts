/** The part of libheif's build for browsers that is used here; the package brings no types. */
declare module 'libheif-js/libheif-wasm/libheif.js' {
  interface HeifFailure {
    readonly code: unknown;
    readonly message?: string;
  }
  interface DecodedImage {
    readonly code?: undefined;
    readonly image: unknown;
    readonly channels: readonly {
      readonly id: unknown;
      readonly width: number;
      readonly height: number;
      /** Bytes from a row to the next. */
      readonly stride: number;
      readonly data: Uint8Array<ArrayBuffer>;
    }[];
  }
  export interface Libheif {
    readonly HEAPU8: Uint8Array;
    readonly heif_error_code: { readonly heif_error_Ok: unknown };
    readonly heif_colorspace: { readonly heif_colorspace_RGB: unknown };
    readonly heif_chroma: { readonly heif_chroma_interleaved_RGBA: unknown };
    readonly heif_channel: { readonly heif_channel_interleaved: unknown };
    heif_context_alloc(): unknown;
    heif_context_free(context: unknown): void;
    heif_context_read_from_memory(context: unknown, bytes: Uint8Array): HeifFailure;
    heif_js_context_get_primary_image_handle(context: unknown): { readonly code?: unknown };
    heif_image_handle_release(handle: unknown): void;
    /** Transformations (turn, mirror, crop) applied. */
    heif_js_decode_image2(
      handle: unknown,
      colours: unknown,
      layout: unknown,
    ): DecodedImage | HeifFailure | Promise<DecodedImage | HeifFailure>;
    heif_image_release(image: unknown): void;
  }
  export default function libheif(options: { readonly wasmBinary: ArrayBuffer }): Libheif;
}
