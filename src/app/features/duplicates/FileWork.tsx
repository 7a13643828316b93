import { useTranslation } from 'react-i18next';
import { useEnginePart } from '../../engine/hooks.ts';
import { ProgressBar } from '../../ui/ProgressBar.tsx';

/** How moving, deleting or putting back of files goes; nothing while none is under way. */
export function FileWork() {
  const { t } = useTranslation();
  const work = useEnginePart(({ status }) => status.duplicateFiles);
  if (work === null || work.total === 0) return null;
  const { kind, done, total } = work;
  const text = t(`duplicates.fileWork.${kind}`, { done, total });
  return (
    <div className="duplicates__progress">
      <ProgressBar label={t('duplicates.files')} value={done / total} />
      <span className="hint numeric">{text}</span>
    </div>
  );
}
