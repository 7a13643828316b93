import { isStorageFull } from '../../engine/storage-full.ts';
import { WorkerDied } from '../../engine/worker-died.ts';

/** The text that tells why what the person did was not done; null: the error is a bug. */
export function refusalNotice(reason: unknown): 'notSaved' | 'notSavedFull' | 'notDoneRemoved' | null {
  if (reason instanceof WorkerDied) return 'notSaved';
  if (isStorageFull(reason)) return 'notSavedFull';
  const isRemoved = reason instanceof Error && reason.message.includes('the library was removed meanwhile');
  return isRemoved ? 'notDoneRemoved' : null;
}
