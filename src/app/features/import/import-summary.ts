import type { ImportProgress } from '../../../core/library/import-progress.ts';

/** What the panel is about. `hidden`: nothing is going on and nothing is left to tell. */
export type PanelKind = 'hidden' | 'working' | 'paused' | 'stuck' | 'cancelling' | 'done';

export function panelKind(progress: ImportProgress): PanelKind {
  if (progress.state === 'paused' || progress.state === 'cancelling') return progress.state;
  if (progress.state === 'waiting-permission' || progress.state === 'storage-full') return 'stuck';
  if (progress.state === 'running' || progress.state === 'waiting-model' || progress.scanning)
    return 'working';
  return progress.total > 0 || problems(progress) > 0 ? 'done' : 'hidden';
}

/** 0..1; null while folders are still read, when the whole is not known. */
export function shareDone(progress: ImportProgress): number | null {
  if (progress.scanning || progress.total === 0 || progress.state === 'cancelling') return null;
  return Math.min(1, progress.done / progress.total);
}

/** Files of this run that something is wrong with. */
export function problems({ failed, deferred, refused }: ImportProgress): number {
  return failed + deferred + refused;
}

/** Photos of this run that are through and readable. */
export function processed(progress: ImportProgress): number {
  return Math.max(0, progress.done - problems(progress));
}

/** Photos per second with as many digits as say something: 0.42, 3.1, 28. */
export function rateDigits(rate: number): number {
  return rate >= 10 ? 0 : rate >= 1 ? 1 : 2;
}
