import type { Completion } from '../../../core/search/completion.ts';
import type { CatalogueItem } from '../../../protocol/match.ts';
import { useLibrary } from '../../engine/hooks.ts';
import { useBegunMatches } from './use-begun-matches.ts';

const most = 3;

/** Things of the catalogue whose name holds all that is typed, or else what of it is being typed. */
export function useItemMatches(typed: string, { kind, part, negated }: Completion): readonly CatalogueItem[] {
  const library = useLibrary();
  const [whole, last] = [typed.trim(), part.trim()];
  const key = kind === 'tag' && !negated && last.length > 1 ? `${whole} ${last}` : null;
  return useBegunMatches(key, async () => {
    const found = await library.itemsMatching(whole, most);
    return found.length > 0 || whole === last ? found : library.itemsMatching(last, most);
  });
}
