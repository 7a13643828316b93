import { useTranslation } from 'react-i18next';
import { useEnginePart, useLibrary } from '../../engine/hooks.ts';
import { Button } from '../../ui/Button.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';

/** How the search for alike photos goes; nothing once it is through. */
export function SearchProgress() {
  const { t } = useTranslation();
  const library = useLibrary();
  const { state, done, total } = useEnginePart(({ status }) => status.duplicates);
  if (state === 'off' || state === 'done' || total === 0) return null;
  const goesOn = state === 'running' || state === 'waiting';
  return (
    <div className="duplicates__progress">
      <ProgressBar label={t('duplicates.searching')} value={done / total} />
      <span className="hint numeric">{t(`duplicates.search.${state}`, { done, total })}</span>
      <Button
        size="small"
        icon={goesOn ? 'pause' : 'play'}
        onPress={() => void (goesOn ? library.pauseDuplicates() : library.resumeDuplicates())}
      >
        {t(goesOn ? 'duplicates.pause' : 'duplicates.resume')}
      </Button>
    </div>
  );
}
