import { useEffect, useState } from 'react';
import type { FolderName } from '../../../core/library/folder-names.ts';
import type { Completion } from '../../../core/search/completion.ts';
import { useLibrary } from '../../engine/hooks.ts';
import { ignoreWorkerDied } from '../../engine/worker-died.ts';

const quietMilliseconds = 120;
/** So many are offered after the word `folder:`, and so many beside tags. */
const most = { asked: 12, beside: 3 };
const none: readonly FolderName[] = [];

/** Folders that complete what is being typed: all of them right after `folder:`, else by two letters or more. */
export function useFolderMatches({ kind, part, negated }: Completion): readonly FolderName[] {
  const library = useLibrary();
  const [found, setFound] = useState<{ key: string; folders: readonly FolderName[] } | null>(null);
  const wanted = part.trim();
  const isAsked = kind === 'folder';
  const key = isAsked || (kind === 'tag' && !negated && wanted.length > 1) ? `${kind} ${wanted}` : null;
  useEffect(() => {
    if (key === null) return;
    let current = true;
    const timer = setTimeout(() => {
      library.folderNames(wanted, isAsked ? most.asked : most.beside).then((folders) => {
        if (current) setFound({ key, folders });
      }, ignoreWorkerDied);
    }, quietMilliseconds);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [library, key, wanted, isAsked]);
  return found !== null && found.key === key ? found.folders : none;
}
