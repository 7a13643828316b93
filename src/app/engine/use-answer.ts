import { useEffect, useState } from 'react';
import { useEnginePart } from './hooks.ts';
import { ignoreWorkerDied } from './worker-died.ts';

/** An answer and what it was the answer to. */
export interface Answered<Answer, Question = unknown> {
  readonly question: Question;
  readonly answer: Answer;
}

/**
 * The last answer and its question, which may be another one than the present: then the present one's is under way. Null
 * before the first answer. A library that died is asked again once it is back.
 *
 * @param ask asks the question as it is in this render; null: nothing is asked
 * @param question compared by identity
 */
export function useAnswered<Answer, Question>(
  ask: (() => Promise<Answer>) | null,
  question: Question,
): Answered<Answer, Question> | null {
  const [answered, setAnswered] = useState<Answered<Answer, Question> | null>(null);
  const isOpen = useEnginePart(({ phase }) => phase === 'open');
  const isAsked = ask !== null && isOpen;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `ask` is new with every render; the question says when
  useEffect(() => {
    if (ask === null || !isAsked) return;
    let wanted = true;
    ask().then((answer) => {
      if (wanted) setAnswered({ question, answer });
    }, ignoreWorkerDied);
    return () => {
      wanted = false;
    };
  }, [question, isAsked]);
  return answered;
}

/** What the library answers, asked again when `revision` changes: the old answer stays meanwhile. Null before the first. */
export function useAnswer<Answer>(ask: (() => Promise<Answer>) | null, revision: unknown): Answer | null {
  return useAnswered(ask, revision)?.answer ?? null;
}
