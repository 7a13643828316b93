// @ts-nocheck: figures of plain rows, nothing that anybody imports
import { copyKinds } from './copy-kinds.mjs';

/** Photos nearest to an original by their vectors that its copies are compared with, too. */
const neighbours = 6;

/** Milliseconds of processor time. @param {() => unknown} work */
function timed(work) {
  const before = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(before);
  return { result, milliseconds: (user + system) / 1000 };
}

/**
 * What verifying a pair costs, and how often it is right: each copy against its original, and against the photos that are
 * most alike.
 */
export async function measureVerifying({ core, photos, library, drawer, chosen }) {
  console.log(
    `\nverifying: copies of ${chosen.length} photos against the photo and ${neighbours} others like it`,
  );
  console.log(
    'copy               found   false   ms a copy   ms another photo (CPU, both pictures prepared)',
  );
  const preparing = [];
  const prepare = (picture) => {
    const { result, milliseconds } = timed(() => {
      const prepared = new core.PreparedPicture(picture);
      prepared.local;
      return prepared;
    });
    preparing.push(milliseconds);
    return result;
  };
  const kept = new Map();
  const photoOf = async (n) => {
    if (!kept.has(n)) kept.set(n, prepare((await drawer.looksOf(photos[n].name, photos[n].read)).thumbnail));
    return kept.get(n);
  };
  let [pairs, all] = [0, 0];
  for (const kind of copyKinds) {
    let [found, wrong, own, others, asked] = [0, 0, 0, 0, 0];
    for (const [i, n] of chosen.entries()) {
      const other = otherOf(chosen, i);
      const copy = await drawer.copyOf(photos[n].name, photos[n].read, photos[other].read, kind, i * 31 + 7);
      const first = prepare(copy.thumbnail);
      const second = await photoOf(n);
      const { result, milliseconds } = timed(() => core.verifyPair(first, second));
      if (result !== null) found++;
      own += milliseconds;
      for (const near of library.nearestTo(n, neighbours + 1)) {
        if (near === n || (kind === 'collage' && near === other)) continue;
        const third = await photoOf(near);
        const against = timed(() => core.verifyPair(first, third));
        if (against.result !== null) {
          wrong++;
          if (process.env.SHOW)
            console.log(
              '   false:',
              kind,
              photos[n].name,
              photos[near].name,
              JSON.stringify({ ...against.result, onFirst: 0, onSecond: 0 }),
            );
        }
        others += against.milliseconds;
        asked++;
      }
      if (result === null && process.env.SHOW) console.log('   missed:', kind, photos[n].name);
    }
    pairs += asked;
    all += wrong;
    console.log(
      [
        kind.padEnd(18),
        (found / chosen.length).toFixed(3),
        String(wrong).padStart(7),
        (own / chosen.length).toFixed(2).padStart(10),
        (others / asked).toFixed(2).padStart(12),
      ].join(' '),
    );
  }
  preparing.sort((a, b) => a - b);
  console.log(
    `preparing a picture: median ${preparing[preparing.length >> 1].toFixed(2)} ms; false: ${all} of ${pairs} pairs`,
  );
}

/** What stands beside photo i of the chosen ones in a collage. */
export function otherOf(chosen, i) {
  const beside = chosen[(i * 7 + 13) % chosen.length];
  return beside === chosen[i] ? chosen[(i + 1) % chosen.length] : beside;
}
