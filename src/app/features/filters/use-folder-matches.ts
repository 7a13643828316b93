import type { FolderName } from '../../../core/library/folder-names.ts';
import type { Completion } from '../../../core/search/completion.ts';
import { useLibrary } from '../../engine/hooks.ts';
import { useBegunMatches } from './use-begun-matches.ts';

/** So many are offered after the word `folder:`, and so many beside tags. */
const most = { asked: 12, beside: 3 };

/** Folders that complete what is being typed: all of them right after `folder:`, else by two letters or more. */
export function useFolderMatches({ kind, part, negated }: Completion): readonly FolderName[] {
  const library = useLibrary();
  const wanted = part.trim();
  const isAsked = kind === 'folder';
  const key = isAsked || (kind === 'tag' && !negated && wanted.length > 1) ? `${kind} ${wanted}` : null;
  return useBegunMatches(key, () => library.folderNames(wanted, isAsked ? most.asked : most.beside));
}
