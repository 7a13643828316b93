import { type Settled, useRefreshedAnswer } from './use-refreshed-answer.ts';

const pauses = { rest: 0, refresh: 4000 } as const;

/** The answer to the question that `key` stands for; null until it is there. `ask`: see `useRefreshedAnswer`. */
export function useMatchAnswer<Result extends { readonly kind: string }>(
  ask: (isWanted: () => boolean) => Promise<Result>,
  key: string,
): Settled<Result> | null {
  const found = useRefreshedAnswer(key, key, ask, pauses);
  return found?.about === key ? found.answer : null;
}
