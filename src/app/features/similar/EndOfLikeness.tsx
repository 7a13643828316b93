import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';

/** Where likeness ends in a list of results; a press shows a few more. */
export function EndOfLikeness({
  isCut = false,
  hasMore,
  isOpen,
  onToggle,
}: {
  /** More is similar than is listed. */
  readonly isCut?: boolean;
  readonly hasMore: boolean;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}) {
  const { t } = useTranslation();
  const words = t(isCut ? 'similar.onlyFirst' : 'similar.nothingElse');
  return (
    <div className="similar__end">
      <p className="similar__end-title" role="status" aria-label={words}>
        {words}
      </p>
      {hasMore && (
        <Button variant="quiet" aria-expanded={isOpen} onPress={onToggle}>
          {t(isOpen ? 'similar.hideBeyond' : 'similar.showBeyond')}
        </Button>
      )}
    </div>
  );
}
