import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { PhotoId } from '../../../core/library/photo.ts';
import type { ApplyResult, DuplicateChoice, DuplicatePlanRequest } from '../../../protocol/duplicates.ts';
import { useLibrary } from '../../engine/hooks.ts';
import { WorkerDied } from '../../engine/worker-died.ts';
import { useFormat } from '../../i18n/format.ts';
import { dismissOffers, showToast } from '../../ui/toasts.ts';
import type { FilesChoice } from './FileFields.tsx';
import { mayWrite } from './use-file-leave.ts';

export interface DuplicateActions {
  decide(choice: DuplicateChoice): Promise<void>;
  /** @param run that one, whatever was done since; else what was done last */
  undo(run?: number): Promise<void>;
  /** These photos, which are decided to go, are open again. */
  reopen(photos: readonly PhotoId[]): Promise<void>;
  apply(request: DuplicatePlanRequest, fingerprint: string, files: FilesChoice): Promise<ApplyResult | null>;
  /** What could not be taken back, or brought to an end, stays as it is. */
  leave(): Promise<void>;
  /** Work on files that was cut off; true: it is brought to an end. */
  settle(): Promise<boolean>;
}

/** What the person can do about duplicates. @param again asks for the groups anew */
export function useDuplicateActions(again: () => Promise<void>): DuplicateActions {
  const { t } = useTranslation();
  const format = useFormat();
  const library = useLibrary();
  return useMemo(() => {
    const undo = (run?: number) =>
      unlessDied(async () => {
        // Files are put back only with leave to write; after a restart browsers ask again.
        if (!(await mayWrite(await library.foldersOfUndo(run)))) {
          showToast({ topic: 'undo', text: t('duplicates.noLeave') });
          return;
        }
        const undone = await library.undoDuplicates(run);
        dismissOffers();
        const words: string[] = [
          undone === null
            ? t('duplicates.nothingToUndo')
            : t(`duplicates.undone.${undone.kind}`, { count: undone.photos }),
        ];
        const { left = 0, deleted = 0, missing = 0 } = undone ?? {};
        if (left > deleted) words.push(t('duplicates.notPutBack', { count: left - deleted }));
        if (deleted > 0) words.push(t('duplicates.goneForGood', { count: deleted }));
        if (missing > 0) words.push(t('duplicates.backWithoutFile', { count: missing }));
        showToast({ topic: 'undo', text: words.join(' ') });
        await again();
      });
    return {
      undo: async (run) => void (await undo(run)),
      decide: async (choice) => {
        await unlessDied(async () => {
          await library.decideDuplicates(choice);
          dismissOffers(); // what they would undo is not the last thing any more
          await again();
        });
      },
      reopen: async (photos) => {
        await unlessDied(async () => {
          const taken = await library.reopenDuplicates(photos);
          await again();
          if (taken.length === 0) return;
          const restore = async () => {
            await library.addDuplicateDecisions(taken);
            await again();
          };
          showToast({
            topic: 'undo',
            text: t('duplicates.reopened', { count: taken.length }),
            action: { label: t('ui.undo'), run: () => void unlessDied(restore) },
          });
        });
      },
      leave: async () => {
        await unlessDied(async () => {
          await library.leaveDuplicates();
          await again();
        });
      },
      settle: async () => {
        const settled = await unlessDied(async () => {
          if (!(await mayWrite(await library.foldersOfUndo()))) return false;
          const outOfReach = await library.settleDuplicateFiles();
          await again();
          return outOfReach.length === 0;
        });
        return settled === true;
      },
      apply: (request, fingerprint, files) =>
        unlessDied(async () => {
          const result = await library.applyDuplicates(request, fingerprint, files);
          if (result.kind === 'applied') {
            const { run } = result;
            const cleared = files === 'leave' || run === null ? null : await library.clearDuplicateFiles(run);
            const words: string[] = [
              t('duplicates.applied', { count: result.photos, bytes: format.bytes(result.bytes) }),
            ];
            if (cleared !== null && cleared.moved > 0)
              words.push(t('duplicates.moved', { count: cleared.moved }));
            if (cleared !== null && cleared.deleted > 0) {
              words.push(t('duplicates.deleted', { count: cleared.deleted }));
            }
            if (cleared !== null && cleared.left > 0)
              words.push(t('duplicates.left', { count: cleared.left }));
            if (cleared !== null && cleared.onlyHere > 0)
              words.push(t('duplicates.onlyHere', { count: cleared.onlyHere }));
            if (cleared !== null && cleared.stopped > 0)
              words.push(t('duplicates.stoppedFiles', { count: cleared.stopped }));
            showToast({
              topic: 'undo',
              text: words.join(' '),
              action: { label: t('ui.undo'), run: () => void undo() },
            });
          }
          await again();
          return result;
        }),
    };
  }, [again, format, library, t]);
}

/** Null when the worker died meanwhile: it is told elsewhere, and what was stored is there again after its restart. */
async function unlessDied<Value>(work: () => Promise<Value>): Promise<Value | null> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof WorkerDied) return null;
    throw error;
  }
}
