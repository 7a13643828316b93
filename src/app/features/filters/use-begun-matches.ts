import { useEffect, useRef, useState } from 'react';
import { ignoreWorkerDied } from '../../engine/worker-died.ts';

const quietMilliseconds = 120;

/**
 * What completes the text that is being typed, once the typing rests.
 *
 * @param key names the question; null: nothing is asked
 */
export function useBegunMatches<Match>(
  key: string | null,
  ask: () => Promise<readonly Match[]>,
): readonly Match[] {
  const [found, setFound] = useState<{ key: string; matches: readonly Match[] } | null>(null);
  const latest = useRef(ask);
  latest.current = ask;
  useEffect(() => {
    if (key === null) return;
    let current = true;
    const timer = setTimeout(() => {
      latest.current().then((matches) => {
        if (current) setFound({ key, matches });
      }, ignoreWorkerDied);
    }, quietMilliseconds);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [key]);
  return found !== null && found.key === key ? found.matches : none;
}

const none: readonly never[] = [];
