import type { Completion } from '../../../core/search/completion.ts';
import { queryWords } from '../../../core/search/query-words.ts';

/**
 * What of the typed text is kept when a thing or a folder of that name is chosen: not the words before the last one that are
 * of the name, too (`no` of the folder `no filter` would exclude it).
 */
export function textBeside(name: string, typed: string, { before }: Pick<Completion, 'before'>): string {
  const folded = `/${name.toLowerCase()}`;
  const first = queryWords(typed).find(({ start }, n) => {
    const rest = typed.slice(start).trim().toLowerCase();
    return start < before.length && folded.includes(n === 0 ? rest : `/${rest}`);
  });
  return first === undefined ? before : typed.slice(0, first.start);
}
