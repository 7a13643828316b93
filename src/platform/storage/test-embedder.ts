import { photoSignature, signatureBytes } from '../../core/image/signature.ts';
import type { FileBytes } from '../../core/library/file-handle.ts';
import type {
  Embedded,
  Embedder,
  EmbedLimits,
  Mapped,
  ModelDescription,
} from '../../core/library/model-ports.ts';
import type { Exif, Failure } from '../../core/library/photo.ts';
import { noExif } from '../../core/library/test-exif.ts';
import { hashOf } from './test-files.ts';
import { testLooks } from './test-pictures.ts';

export const testModel: ModelDescription = {
  key: { id: 'test', version: '1' },
  labels: [
    { id: 'dog', en: 'Dog', zh: '狗', threshold: 0.5 },
    { id: 'cat', en: 'Cat', zh: '猫', threshold: 0.3 },
    { id: 'tree', en: 'Tree', zh: '树', threshold: 0.9 },
  ],
};

/**
 * Reads a photo's results off its text: `picture <anything> dog=0.8 v=1,0 looks=3`, those of its parts behind `part`. `broken`
 * breaks, `crash` kills the worker with all that it has in hand.
 */
export class TestEmbedder implements Embedder {
  capacity = 3;
  model = testModel;
  calls = 0;
  underWay = 0;
  mostUnderWay = 0;
  unavailable = false;
  #held: Promise<void> | null = null;
  #deaths = 0;
  /** The next photo fails like this, whatever it is. */
  failNext: Failure | null = null;

  /** From now on photos wait, until what it answers is called. */
  hold(): () => void {
    let letGo = () => {};
    this.#held = new Promise((resolve) => {
      letGo = resolve;
    });
    return () => {
      this.#held = null;
      letGo();
    };
  }

  /** Two channels on one row of two cells: the first is where the dog is, `at=0` or `at=1` of the photo's text. */
  async map(bytes: FileBytes): Promise<Mapped> {
    if (this.unavailable) return { ok: false, failure: { code: 'model-unavailable' }, sha256: null };
    const at = Number(/at=(\d)/.exec(await (bytes as Blob).text())?.[1] ?? 0);
    const values = Float32Array.of(at === 0 ? 1 : 0, at === 1 ? 1 : 0, 1, 1);
    return { ok: true, model: this.model.key, map: { channels: 2, height: 1, width: 2, values } };
  }

  async embed(bytes: FileBytes, limits?: EmbedLimits): Promise<Embedded> {
    this.calls++;
    this.underWay++;
    this.mostUnderWay = Math.max(this.mostUnderWay, this.underWay);
    const deaths = this.#deaths;
    const crashed = { ok: false, failure: { code: 'worker-crashed' }, sha256: null } as const;
    try {
      await (this.#held ?? Promise.resolve());
      if (this.unavailable) return { ok: false, failure: { code: 'model-unavailable' }, sha256: null };
      const failure = this.failNext;
      this.failNext = null;
      if (failure !== null) return { ok: false, failure, sha256: null };
      const whole = await (bytes as Blob).text();
      const text = limits?.region === undefined ? whole : (whole.split('part ')[1] ?? whole);
      if (text.includes('crash')) {
        this.#deaths++;
        return crashed;
      }
      const sha256 = await hashOf(bytes);
      if (deaths !== this.#deaths) return crashed;
      if (text.includes('broken')) return { ok: false, failure: { code: 'broken', found: 'no end' }, sha256 };
      const scores = this.model.labels.map(({ id }) => {
        const found = new RegExp(`${id}=([\\d.]+)`).exec(text);
        return found === null ? 0 : Math.round(Number(found[1]) * 255);
      });
      const vector = /v=([-\d.,]+)/.exec(text)?.[1]?.split(',').map(Number) ?? [1, 0];
      const seed = /looks=(\d+)/.exec(text)?.[1];
      return {
        ok: true,
        sha256,
        width: 400,
        height: 300,
        thumbnail: {
          bytes: new Uint8Array(seed === undefined ? [1, 2, 3] : [Number(seed)]).buffer,
          type: 'image/webp',
          width: 320,
          height: 240,
        },
        signature:
          seed === undefined
            ? new Uint8Array(signatureBytes).fill(1)
            : photoSignature(testLooks(Number(seed))),
        exif: exifIn(text),
        model: this.model.key,
        embedding: Float32Array.from(vector),
        scores: Uint8Array.from(scores),
        stages: {
          read: 1,
          hash: 1,
          header: 1,
          decode: 1,
          thumbnail: 1,
          signature: 1,
          preprocess: 1,
          inference: 1,
        },
      };
    } finally {
      this.underWay--;
    }
  }
}

/** `taken=<milliseconds>` and `words=<a>,<b>`, if the text has them. */
function exifIn(text: string): Exif | null {
  const taken = /taken=(\d+)/.exec(text)?.[1];
  const words = /words=(\S+)/.exec(text)?.[1]?.split(',');
  if (taken === undefined && words === undefined) return null;
  const capturedAt = taken === undefined ? null : Number(taken);
  return { ...noExif, capturedAt, ...(words && { keywords: words }) };
}
