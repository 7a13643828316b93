import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { defaultQuery } from '../../../core/library/photo-query.ts';
import type { LibraryCalls } from '../../engine/connection.ts';
import { navigate } from '../../engine/fragment.ts';
import { emptyFragment } from '../../engine/fragment-state.ts';
import { useEngine, useLibrary } from '../../engine/hooks.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { showToast } from '../../ui/toasts.ts';

/** Photos that were removed: they can be looked at, put back, or removed for good. */
export function RemovedSettings() {
  const { t } = useTranslation();
  const library = useLibrary();
  const count = useEngine().status.counts.removed;
  const [asking, setAsking] = useState(false);
  if (count === 0) return <p className="hint">{t('settings.removedNone')}</p>;

  const restoreAll = async () => {
    const ids = await removedIds(library);
    await library.restore(ids);
    showToast({ text: t('settings.restoredAll', { count: ids.length }) });
  };
  const purge = async () => {
    setAsking(false);
    await library.purge();
    showToast({ text: t('settings.purged', { count }) });
  };
  return (
    <>
      <p>
        {t('settings.removedCount', { count })} <span className="hint">{t('settings.removedHint')}</span>
      </p>
      <div className="settings__buttons">
        <Button onPress={() => navigate({ ...emptyFragment, show: 'removed' })}>
          {t('settings.showRemoved')}
        </Button>
        <Button icon="restore" onPress={() => void restoreAll()}>
          {t('settings.restoreAll')}
        </Button>
        <Button icon="trash" onPress={() => setAsking(true)}>
          {t('settings.purge')}
        </Button>
      </div>
      <Dialog
        title={t('settings.purgeTitle')}
        isOpen={asking}
        onClose={() => setAsking(false)}
        size="small"
        role="alertdialog"
        footer={
          <>
            <Button autoFocus onPress={() => setAsking(false)}>
              {t('ui.cancel')}
            </Button>
            <Button variant="danger" onPress={() => void purge()}>
              {t('settings.purge')}
            </Button>
          </>
        }
      >
        <p>{t('settings.purgeText', { count })}</p>
      </Dialog>
    </>
  );
}

async function removedIds(library: LibraryCalls): Promise<Uint32Array<ArrayBuffer>> {
  // The grid asks for its own view at the same time, and the latest question wins.
  for (;;) {
    const view = await library.view({ ...defaultQuery, show: 'removed' });
    if (view !== 'superseded') return view.ids;
  }
}
