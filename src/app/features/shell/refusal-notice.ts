import { WorkerDied } from '../../engine/worker-died.ts';

/** What the library's verbs reject with; errors lose their class on the way from the worker, not their words. */
const refusals = [
  ['not stored: storage-full', 'notSavedFull'],
  ['the library was removed meanwhile', 'notDoneRemoved'],
] as const;

/** The text that tells why what the person did was not done; null: the error is a bug. */
export function refusalNotice(reason: unknown): (typeof refusals)[number][1] | 'notSaved' | null {
  if (reason instanceof WorkerDied) return 'notSaved';
  if (!(reason instanceof Error)) return null;
  return refusals.find(([words]) => reason.message.includes(words))?.[1] ?? null;
}
