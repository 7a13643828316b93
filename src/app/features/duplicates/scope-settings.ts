import { useCallback, useEffect, useState } from 'react';
import { type DuplicateScope, everything } from '../../../core/library/duplicate-scope.ts';
import { scopeOf, withNamesakes } from '../../../core/library/kept-scope.ts';
import { useEnginePart, useLibrary } from '../../engine/hooks.ts';
import { forgetText, storedText } from '../../engine/stored-text.ts';
import { storedObject } from '../../engine/use-remembered.ts';
import { ignoreWorkerDied } from '../../engine/worker-died.ts';

/** Where earlier versions kept it: no backup had it there. */
const formerKey = 'picsift.duplicates.scope';

/** The scope, which the library keeps; null until it is known: nothing is to be shown or planned before. */
export function useScope(): [DuplicateScope | null, (scope: DuplicateScope) => void] {
  const library = useLibrary();
  const open = useEnginePart(({ phase }) => phase === 'open');
  const [scope, setScope] = useState<DuplicateScope | null>(null);
  const change = useCallback(
    (next: DuplicateScope) => {
      setScope(next);
      library.keepDuplicateScope(next).catch(ignoreWorkerDied);
    },
    [library],
  );
  useEffect(() => {
    if (!open) return;
    let isWanted = true;
    const load = async () => {
      const stored = await library.duplicateScope();
      if (!isWanted) return;
      const former = stored === null ? storedText(formerKey) : null;
      if (former === null) setScope((before) => before ?? stored ?? everything);
      else {
        const folders = (await library.folders()).map(({ name }) => name);
        if (!isWanted) return;
        const kept = withNamesakes(scopeOf(storedObject(former)), folders);
        setScope(kept);
        // Where storage is full it stays where it is, and is tried again.
        await library.keepDuplicateScope(kept);
      }
      forgetText(formerKey);
    };
    load().catch(ignoreWorkerDied);
    return () => {
      isWanted = false;
    };
  }, [library, open]);
  return [scope, change];
}
