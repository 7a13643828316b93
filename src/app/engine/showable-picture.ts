import converterWorkerUrl from '../../../workers/converter.worker.ts?worker&url';
import type { Failure } from '../../core/library/photo.ts';
import type { ConvertedPicture } from '../../protocol/convert-picture.ts';
import { trustedScriptUrl } from './trusted-types.ts';

/** After so long a conversion counts as hanging: large HEIC pictures take a few seconds. */
const patienceSeconds = 60;

/** Several parts of a screen ask for the same picture. */
const asked = new WeakMap<Blob, Promise<Blob | Failure>>();

/** The picture in a format that this browser shows: itself, or a JPEG made of it (HEIC outside of Safari). */
export function showablePicture(picture: Blob): Promise<Blob | Failure> {
  const known = asked.get(picture);
  if (known !== undefined) return known;
  const shown = madeShowable(picture);
  asked.set(picture, shown);
  return shown;
}

async function madeShowable(picture: Blob): Promise<Blob | Failure> {
  if (!(await isHeic(picture)) || (await canShow(picture))) return picture;
  const answer = await convert(picture);
  return answer.ok ? answer.picture : answer.failure;
}

/** By the first bytes, as the name may lie. Null: it cannot be read; whoever shows it will say so. */
async function isHeic(picture: Blob): Promise<boolean> {
  try {
    const head = new TextDecoder('latin1').decode(await picture.slice(0, 12).arrayBuffer());
    return /^ftyp(he|mif1|msf1)/.test(head.slice(4));
  } catch {
    return false;
  }
}

async function canShow(picture: Blob): Promise<boolean> {
  try {
    (await createImageBitmap(picture)).close();
    return true;
  } catch {
    return false;
  }
}

/** In a worker of its own, which ends with it: a file that hangs or kills it harms nothing else. */
function convert(picture: Blob): Promise<ConvertedPicture> {
  const worker = new Worker(trustedScriptUrl(converterWorkerUrl), { type: 'module', name: 'converter' });
  const answer = new Promise<ConvertedPicture>((resolve) => {
    worker.addEventListener('message', ({ data }: MessageEvent<ConvertedPicture>) => resolve(data));
    worker.addEventListener('error', ({ message }) =>
      resolve({ ok: false, failure: { code: 'worker-crashed', found: message } }),
    );
    setTimeout(
      () => resolve({ ok: false, failure: { code: 'too-slow', found: `${patienceSeconds}` } }),
      1000 * patienceSeconds,
    );
    worker.postMessage(picture);
  });
  return answer.finally(() => worker.terminate());
}
