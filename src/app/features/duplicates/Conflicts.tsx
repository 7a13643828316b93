import { useTranslation } from 'react-i18next';
import type { Conflict } from '../../../core/dedup/conflicts.ts';
import { useFormat } from '../../i18n/format.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';

/** Decisions that contradict each other; nothing is removed on their account. */
export function Conflicts({
  conflicts,
  onShow,
}: {
  readonly conflicts: readonly Conflict[];
  /** Shows the decisions, to take some of them back. */
  readonly onShow: () => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <section className="duplicates__conflicts" aria-label={t('duplicates.conflicts')}>
      <Icon name="warning" />
      <div>
        <p>{t('duplicates.conflictsText', { count: conflicts.length })}</p>
        <ul>
          {conflicts.map(({ kind, decisions }) => (
            <li key={`${kind} ${decisions.join()}`}>
              {t(`duplicates.conflict.${kind}`, { numbers: format.list(decisions.map(String)) })}
            </li>
          ))}
        </ul>
        <Button size="small" onPress={onShow}>
          {t('duplicates.showConflicts')}
        </Button>
      </div>
    </section>
  );
}
