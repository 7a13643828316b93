import type { Failure } from '../../core/library/photo.ts';
import { watchdog } from '../watchdog.ts';
import type { DecodeCost } from './decode-cost.ts';

/** Pictures that take more memory than this, bytes, are decoded one at a time: about 25 megapixels of PNG. */
const largeMemory = 200 * 2 ** 20;

type Refused = { readonly ok: false; readonly failure: Failure };

/**
 * Decodes when it is this picture's turn, for as long as its cost allows. Large pictures wait for each other, over all
 * workers and tabs of this origin; a worker that ends gives its turn back. One that hangs is answered as `too-slow`: its
 * decoder cannot be stopped other than with the worker.
 *
 * @param late what to do with a picture that comes after all
 */
export async function takeTurn<T>(
  cost: DecodeCost,
  decode: () => Promise<T>,
  late: (result: T) => void,
): Promise<T | Refused> {
  const limited = () => withinTime(cost.patience, decode, late);
  const locks = globalThis.navigator?.locks;
  if (cost.memory <= largeMemory || locks === undefined) return limited();
  return locks.request('picsift-large-picture', limited);
}

async function withinTime<T>(
  milliseconds: number,
  decode: () => Promise<T>,
  late: (result: T) => void,
): Promise<T | Refused> {
  let expired = false;
  let stop = () => {};
  const hanging = new Promise<Refused>((resolve) => {
    const watch = watchdog(milliseconds, () => {
      expired = true;
      resolve({ ok: false, failure: { code: 'too-slow', found: `${Math.round(milliseconds / 1000)}` } });
    });
    stop = watch.stop;
  });
  const decoding = decode();
  decoding.then(
    (result) => {
      if (expired) late(result);
    },
    () => {}, // told by the race, or of no interest any more
  );
  try {
    return await Promise.race([decoding, hanging]);
  } finally {
    stop();
  }
}
