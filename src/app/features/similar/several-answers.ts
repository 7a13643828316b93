import type { NameAnswer, ProductHit, SameHit } from '../../../core/library/match-result.ts';
import type { PhotoId } from '../../../core/library/photo.ts';
import type { MatchTarget, ProductResult, SameResult } from '../../../protocol/match.ts';

/** What was found for several pictures at once. */
export type SameOfSeveral =
  | (Omit<SameResult & { kind: 'same' }, 'hits'> & {
      /** Surest first of each picture, in the order of the pictures; each photo once. */
      readonly hits: readonly (SameHit & { readonly target: MatchTarget })[];
    })
  | Exclude<SameResult, { kind: 'same' }>;

type Failed = Extract<SameResult, { kind: 'failed' }>;

function isGone(answer: SameResult | ProductResult): answer is Failed {
  return answer.kind === 'failed' && answer.failure.code === 'file-missing';
}

/**
 * Asks for one picture after another: at once they would supersede one another. Those that are no longer there are left out
 * as long as others are left.
 *
 * @param isWanted false: a newer question is there, which going on would supersede
 */
export async function sameOfSeveral(
  targets: readonly MatchTarget[],
  ask: (target: MatchTarget) => Promise<SameResult>,
  isWanted: () => boolean = () => true,
): Promise<SameOfSeveral> {
  const chosen = photosOf(targets);
  const hits = new Map<PhotoId, SameHit & { readonly target: MatchTarget }>();
  let [looked, unread, searched, milliseconds] = [0, 0, 0, 0];
  const gone: Failed[] = [];
  for (const target of targets) {
    if (!isWanted()) return { kind: 'superseded' };
    const answer = await ask(target);
    if (isGone(answer)) {
      gone.push(answer);
      continue;
    }
    if (answer.kind !== 'same') return answer;
    for (const hit of answer.hits)
      if (!chosen.has(hit.id) && !hits.has(hit.id)) hits.set(hit.id, { ...hit, target });
    looked += answer.looked;
    unread += answer.unread;
    searched = Math.max(searched, answer.searched);
    milliseconds += answer.milliseconds;
  }
  if (gone.length === targets.length && gone[0] !== undefined) return gone[0];
  return { kind: 'same', hits: [...hits.values()], looked, unread, searched, milliseconds };
}

/**
 * Things that are like one of several photos of one thing: each scores as its likest photo does. The name is the one that
 * most votes of all answers are for.
 */
export async function productsOfSeveral(
  targets: readonly MatchTarget[],
  ask: (target: MatchTarget) => Promise<ProductResult>,
  isWanted: () => boolean = () => true,
): Promise<ProductResult> {
  const chosen = photosOf(targets);
  const names: NameAnswer[] = [];
  let hits: ProductHit[] = [];
  let [searched, milliseconds] = [0, 0];
  const gone: Failed[] = [];
  for (const target of targets) {
    if (!isWanted()) return { kind: 'superseded' };
    const answer = await ask(target);
    if (isGone(answer)) {
      gone.push(answer);
      continue;
    }
    if (answer.kind !== 'products') return answer;
    for (const hit of answer.hits) {
      const ids = hit.ids.filter((id) => !chosen.has(id));
      if (ids.length > 0) hits = withHit(hits, { ...hit, ids });
    }
    if (answer.answer !== null) names.push(answer.answer);
    searched = Math.max(searched, answer.searched);
    milliseconds += answer.milliseconds;
  }
  if (gone.length === targets.length && gone[0] !== undefined) return gone[0];
  hits.sort((a, b) => b.score - a.score);
  return { kind: 'products', hits, answer: nameOf(names), searched, milliseconds };
}

/**
 * The things that are a match, the others, and whether more than `most` are a match.
 *
 * @param hits best first, one more than `most` where there are so many
 * @param cutOff score from which a thing is a match
 */
export function splitThings(hits: readonly ProductHit[], cutOff: number, most: number) {
  const end = hits.findIndex(({ score }) => score < cutOff);
  const matches = end < 0 ? hits.length : end;
  const near = hits.slice(0, Math.min(matches, most));
  return { near, beyond: hits.slice(matches, most), isCut: matches > most };
}

function photosOf(targets: readonly MatchTarget[]): ReadonlySet<PhotoId> {
  return new Set(targets.flatMap(({ photo }) => photo ?? []));
}

/** The thing joins those of the same name, and those that share a photo with it: things of different names stay apart. */
function withHit(hits: readonly ProductHit[], hit: ProductHit): ProductHit[] {
  const near = hits.filter(
    (one) => (hit.name !== null && one.name === hit.name) || one.ids.some((id) => hit.ids.includes(id)),
  );
  // The photos of the likest one first.
  const all = [...near, hit].sort((a, b) => b.score - a.score);
  const name = hit.name ?? all.find((one) => one.name !== null)?.name ?? null;
  const same = all.filter((one) => one.name === null || one.name === name);
  const joined = {
    ...same[0]!,
    name,
    ids: [...new Set(same.flatMap(({ ids }) => ids))],
    capturedAt: Math.max(...same.map(({ capturedAt }) => capturedAt)),
  };
  return [...hits.filter((one) => !same.includes(one)), joined];
}

function nameOf(answers: readonly NameAnswer[]): NameAnswer | null {
  const votes = new Map<string, NameAnswer & { readonly kind: 'named' }>();
  let of = 0;
  for (const answer of answers) {
    if (answer.kind === 'unknown') continue;
    of += answer.of;
    const known = votes.get(answer.name);
    const best = known === undefined || answer.best > known.best ? answer : known;
    votes.set(answer.name, { ...best, votes: answer.votes + (known?.votes ?? 0) });
  }
  const [first] = [...votes.values()].sort((a, b) => b.votes - a.votes || b.best - a.best);
  if (first !== undefined) return { ...first, of };
  return answers.length > 0 ? { kind: 'unknown' } : null;
}
