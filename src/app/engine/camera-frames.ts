import cameraWorkerUrl from '../../../workers/camera.worker.ts?worker&url';
import type { EncodedFrame, FrameRequest } from '../../protocol/encode-frame.ts';
import { trustedScriptUrl } from './trusted-types.ts';

/**
 * Makes pictures of what a video shows. The page only takes the frame, which copies nothing where the browser has
 * `VideoFrame`; a worker draws, scales and encodes it.
 */
export class CameraFrames {
  /** Made when it is needed, and anew after one that broke. */
  #worker: Worker | null = null;
  readonly #waiting = new Map<number, (picture: Blob | null) => void>();
  #count = 0;
  #isOver = false;

  /**
   * A JPEG of what the video shows at this moment, its longer side at most `longest` pixels; null before the first frame, or
   * when it cannot be had.
   */
  async take(video: HTMLVideoElement, longest: number, quality: number): Promise<Blob | null> {
    const hasPicture = video.videoWidth > 0 && video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA;
    const frame = hasPicture ? await frameOf(video) : null;
    if (frame === null) return null;
    if (this.#isOver) {
      frame.close();
      return null;
    }
    const request: FrameRequest = { id: ++this.#count, frame, longest, quality };
    return new Promise((resolve) => {
      this.#waiting.set(request.id, resolve);
      this.#worker ??= this.#started();
      this.#worker.postMessage(request, [frame]);
    });
  }

  close(): void {
    this.#isOver = true;
    this.#giveUp();
  }

  #started(): Worker {
    const worker = new Worker(trustedScriptUrl(cameraWorkerUrl), { type: 'module', name: 'camera' });
    worker.addEventListener('message', ({ data: { id, picture } }: MessageEvent<EncodedFrame>) => {
      this.#waiting.get(id)?.(picture);
      this.#waiting.delete(id);
    });
    worker.addEventListener('error', () => {
      if (this.#worker === worker) this.#giveUp();
    });
    return worker;
  }

  #giveUp(): void {
    this.#worker?.terminate();
    this.#worker = null;
    for (const resolve of this.#waiting.values()) resolve(null);
    this.#waiting.clear();
  }
}

/** Null: the video has none at this moment, as when the camera is taken away. */
async function frameOf(video: HTMLVideoElement): Promise<VideoFrame | ImageBitmap | null> {
  try {
    return 'VideoFrame' in globalThis ? new VideoFrame(video) : await createImageBitmap(video);
  } catch {
    return null;
  }
}
