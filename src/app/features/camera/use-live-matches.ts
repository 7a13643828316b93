import { useEffect, useRef, useState } from 'react';
import type { PhotoQuery, SimilarHit } from '../../../core/library/photo-query.ts';
import { useLibrary } from '../../engine/hooks.ts';
import { ignoreWorkerDied } from '../../engine/worker-died.ts';
import type { TakeFrame } from './use-camera-frames.ts';

/** The model sees 224 pixels or so: this leaves room for its crop. */
const frameSide = 448;
/** No faster than a person can look. */
const leastMilliseconds = 150;
const shown = 8;

export interface LiveMatches {
  /** Best first. */
  readonly hits: readonly SimilarHit[];
  /** Searches a second, over the last few; 0 before the second one. */
  readonly rate: number;
}

const nothing: LiveMatches = { hits: [], rate: 0 };
let frames = 0;

/**
 * The photos that are most like what a camera sees, again and again while `active`: a frame is taken when the answer to
 * the one before is there, so that nothing piles up on a slow device.
 */
export function useLiveMatches(take: TakeFrame, active: boolean, filter: PhotoQuery): LiveMatches {
  const library = useLibrary();
  const [matches, setMatches] = useState(nothing);
  const asked = useRef(filter);
  asked.current = filter;

  useEffect(() => {
    if (!active) return;
    let running = true;
    const times: number[] = [];
    const look = async () => {
      const frame = document.hidden ? null : await take(frameSide, 0.85);
      if (frame === null || !running) return;
      const subject = { kind: 'picture', bytes: frame, key: `frame ${++frames}`, region: null } as const;
      const found = await library.similar(
        { terms: [{ subject, weight: 1 }], filter: asked.current },
        shown,
        shown,
      );
      if (!running || found.kind !== 'hits') return;
      times.push(performance.now());
      if (times.length > 6) times.shift();
      const rate = times.length < 2 ? 0 : (1000 * (times.length - 1)) / (times.at(-1)! - times[0]!);
      setMatches({ hits: found.hits.slice(0, shown), rate });
    };
    const run = async () => {
      while (running) {
        const began = performance.now();
        try {
          await look();
        } catch (error) {
          ignoreWorkerDied(error);
        }
        const rest = Math.max(leastMilliseconds - (performance.now() - began), 30);
        await new Promise((resolve) => setTimeout(resolve, rest));
      }
    };
    void run();
    return () => {
      running = false;
      setMatches(nothing);
    };
  }, [active, library, take]);

  return matches;
}
