import { IdBits } from '../index/id-bits.ts';

/** Photos of a list, and the greatest number, at most; a link may say anything. */
const mostIds = 2_000_000;
const greatestId = 2 ** 26;
const base = 32;

/**
 * Photos as text for a link: runs of numbers that follow one another, each as the step from the one before (32 is the base)
 * and, beyond one photo, its length: `5.3xc` is 5 and 8 to 19.
 */
export function formatIds(ids: Iterable<number>): string {
  const sorted = [...new Set(ids)].sort((a, b) => a - b);
  const runs: string[] = [];
  let last = 0;
  for (let at = 0; at < sorted.length; ) {
    const first = sorted[at]!;
    let length = 1;
    while (sorted[at + length] === first + length) length++;
    runs.push((first - last).toString(base) + (length === 1 ? '' : `x${length.toString(base)}`));
    last = first + length - 1;
    at += length;
  }
  return runs.join('.');
}

/** Null for a text that is no list of photos; '' is the empty list. */
export function parseIds(text: string): IdBits | null {
  const ids = new IdBits();
  if (text === '') return ids;
  let last = 0;
  for (const run of text.split('.')) {
    const [, step = '', size = '1'] = /^([0-9a-v]{1,6})(?:x([0-9a-v]{1,5}))?$/.exec(run) ?? [];
    const first = last + Number.parseInt(step, base);
    const length = Number.parseInt(size, base);
    const isFine =
      first > last && length > 0 && first + length <= greatestId && ids.count + length <= mostIds;
    if (!isFine) return null;
    for (let id = first; id < first + length; id++) ids.add(id);
    last = first + length - 1;
  }
  return ids;
}
