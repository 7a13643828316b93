import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import type { DuplicateActions } from './use-duplicate-actions.ts';

/** Work on files was cut off: every file is in the old or the new place; this tidies up and says which. */
export function CutOff({ actions }: { readonly actions: DuplicateActions }) {
  const { t } = useTranslation();
  const [tried, setTried] = useState(false);
  return (
    <section className="duplicates__conflicts" aria-label={t('duplicates.cutOff')}>
      <Icon name="warning" />
      <div>
        <p>{t(tried ? 'duplicates.cutOffAgain' : 'duplicates.cutOffText')}</p>
        <Button size="small" onPress={async () => setTried(!(await actions.settle()))}>
          {t('duplicates.settle')}
        </Button>
        {tried && <LeaveButton actions={actions} />}
      </div>
    </section>
  );
}

/** Photos that Undo could not take back: it tries again, and nothing before can be undone, unless they are left. */
export function Stuck({ photos, actions }: { readonly photos: number; readonly actions: DuplicateActions }) {
  const { t } = useTranslation();
  return (
    <section className="duplicates__conflicts" aria-label={t('duplicates.stuck')}>
      <Icon name="warning" />
      <div>
        <p>{t('duplicates.stuckText', { count: photos })}</p>
        <LeaveButton actions={actions} />
      </div>
    </section>
  );
}

function LeaveButton({ actions }: { readonly actions: DuplicateActions }) {
  const { t } = useTranslation();
  return (
    <Button size="small" onPress={actions.leave}>
      {t('duplicates.leave')}
    </Button>
  );
}
