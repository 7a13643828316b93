import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useLibrary } from '../../engine/hooks.ts';
import {
  addFromClipboard,
  addFromDataTransfer,
  addFromHandles,
  addFromInput,
  addFromPickers,
  type IntakeReport,
} from '../../engine/intake.ts';
import { addShared } from '../../engine/shared-files.ts';
import { WorkerDied } from '../../engine/worker-died.ts';
import { showToast } from '../../ui/toasts.ts';

/** All the ways photos come in. Each says what became of them where the progress panel would not. */
export interface Intake {
  fromInput(files: Iterable<File>): void;
  fromPicker(what: 'files' | 'folder'): void;
  fromDrop(transfer: DataTransfer): void;
  fromPaste(event: ClipboardEvent): void;
  /** Files that were opened with the app from the system. */
  fromHandles(handles: readonly FileSystemHandle[]): void;
  /** What other apps have shared with the app, if anything. */
  fromShare(): void;
}

export function useIntake(): Intake {
  const library = useLibrary();
  const { t } = useTranslation();
  return useMemo(() => {
    const tell = (report: IntakeReport, nothing: string) => {
      if (report.unreadable.length > 0) {
        showToast({
          text: t('import.unreadable', {
            count: report.unreadable.length,
            example: report.unreadable[0] ?? '',
          }),
          tone: 'danger',
          lasting: true,
        });
      }
      if (report.accepted > 0 || report.refused > 0) return; // the panel tells
      if (report.alreadyThere > 0)
        showToast({ text: t('import.alreadyThere', { count: report.alreadyThere }) });
      else if (report.unreadable.length === 0) showToast({ text: nothing });
    };
    const take = async (work: Promise<IntakeReport | null>, nothing: string) => {
      try {
        const report = await work;
        if (report !== null) tell(report, nothing);
      } catch (error) {
        if (!(error instanceof WorkerDied) && !(error instanceof DOMException)) throw error;
        showToast({ text: t('errors.action', { detail: error.message }), tone: 'danger', lasting: true });
      }
    };
    return {
      fromInput: (files) => void take(addFromInput(library, files), t('import.nothingDropped')),
      fromPicker: (what) => void take(addFromPickers(library, what), t('import.nothingInFolder')),
      fromDrop: (transfer) => void take(addFromDataTransfer(library, transfer), t('import.nothingDropped')),
      fromHandles: (handles) => void take(addFromHandles(library, handles), t('import.nothingDropped')),
      fromShare: () => void take(addShared(library), t('import.nothingDropped')),
      fromPaste: (event) => void take(addFromClipboard(library, event), t('import.nothingDropped')),
    };
  }, [library, t]);
}
