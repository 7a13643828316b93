import { useEffect, useRef, useState } from 'react';
import type { PhotoQuery } from '../../../core/library/photo-query.ts';
import { useLibrary } from '../../engine/hooks.ts';
import { WorkerDied } from '../../engine/worker-died.ts';
import { type LiveMatches, mostMatches, noMatches, withAnswer, withError } from './live-matches.ts';
import type { TakeFrame } from './use-camera-frames.ts';

/** The model sees 224 pixels or so: this leaves room for its crop. */
const frameSide = 448;
/** No faster than a person can look. */
const leastMilliseconds = 150;
/** After a search that broke, which another one will hardly mend at once. */
const brokenMilliseconds = 2000;

/**
 * The photos that are most like what a camera sees, again and again while `active`: a frame is taken when the answer to
 * the one before is there, so that nothing piles up on a slow device.
 */
export function useLiveMatches(take: TakeFrame, active: boolean, filter: PhotoQuery): LiveMatches {
  const library = useLibrary();
  const [matches, setMatches] = useState(noMatches);
  const asked = useRef(filter);
  asked.current = filter;

  useEffect(() => {
    if (!active) return;
    let running = true;
    const look = async () => {
      const frame = document.hidden ? null : await take(frameSide, 0.85);
      if (frame === null || !running) return;
      const subject = { kind: 'picture', bytes: frame, key: '', region: null } as const;
      const found = await library.similar(
        { terms: [{ subject, weight: 1 }], filter: asked.current },
        mostMatches,
        mostMatches,
      );
      if (running) setMatches((before) => withAnswer(before, found, performance.now()));
    };
    const run = async () => {
      while (running) {
        const began = performance.now();
        let least = leastMilliseconds;
        try {
          await look();
        } catch (error) {
          // A library that died is back soon; anything else is a bug, to be told and reported.
          if (!(error instanceof WorkerDied)) {
            if (running) setMatches((before) => withError(before, error));
            reportError(error);
            least = brokenMilliseconds;
          }
        }
        const rest = Math.max(least - (performance.now() - began), 30);
        await new Promise((resolve) => setTimeout(resolve, rest));
      }
    };
    void run();
    return () => {
      running = false;
      setMatches(noMatches);
    };
  }, [active, library, take]);

  return matches;
}
