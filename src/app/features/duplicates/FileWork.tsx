import { useTranslation } from 'react-i18next';
import { useEnginePart, useLibrary } from '../../engine/hooks.ts';
import { Button } from '../../ui/Button.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';

/** How looking at files, moving, deleting or putting them back goes; nothing while none is under way. */
export function FileWork() {
  const { t } = useTranslation();
  const library = useLibrary();
  const work = useEnginePart(({ status }) => status.duplicateFiles);
  if (work === null || work.total === 0) return null;
  const { kind, done, total } = work;
  const text = t(`duplicates.fileWork.${kind}`, { done, total });
  return (
    <div className="duplicates__progress">
      <ProgressBar label={t('duplicates.files')} value={done / total} />
      <span className="hint numeric">{text}</span>
      {kind !== 'return' && (
        <Button size="small" onPress={() => void library.stopDuplicateFiles()}>
          {t('duplicates.stop')}
        </Button>
      )}
    </div>
  );
}
