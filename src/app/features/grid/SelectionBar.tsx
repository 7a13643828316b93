import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PhotoId } from '../../../core/library/photo.ts';
import type { PhotoQuery } from '../../../core/library/photo-query.ts';
import { withTexts } from '../../i18n/start.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import type { GridCommands } from './commands.ts';
import { PurgeDialog } from './PurgeDialog.tsx';
import { SelectionAction as Action } from './SelectionAction.tsx';
import './selection.css';

const MoreLikeThese = lazy(() => withTexts(import('./MoreLikeThese.tsx')));

type Ids = Uint32Array<ArrayBuffer>;

/** What can be done with the selected photos; in sight while there are any. */
export function SelectionBar({
  show,
  count,
  ids,
  commands,
  onTag,
  onLabel,
  onClear,
}: {
  readonly show: PhotoQuery['show'];
  readonly count: number;
  readonly ids: () => Ids;
  readonly commands: GridCommands;
  readonly onTag: (ids: Ids) => void;
  readonly onLabel: (ids: Ids) => void;
  readonly onClear: () => void;
}) {
  const { t } = useTranslation();
  const [purging, setPurging] = useState(false);
  if (count === 0) return null;
  return (
    <section className="selection-bar" aria-label={t('grid.selection')}>
      <IconButton icon="close" label={t('grid.clearSelection')} shortcut="Esc" onPress={onClear} />
      <span className="selection-bar__count numeric">{t('grid.selected', { count })}</span>
      {show === 'removed' ? (
        <>
          <Action icon="restore" label={t('grid.restore')} onPress={() => void commands.restore(ids())} />
          <Action icon="trash" label={t('grid.purge')} onPress={() => setPurging(true)} />
        </>
      ) : (
        <>
          {show === 'failed' ? (
            <Action icon="retry" label={t('grid.retry')} onPress={() => void commands.retry(ids())} />
          ) : (
            <>
              <Action icon="tag" label={t('grid.tag')} onPress={() => onTag(ids())} />
              <Action icon="labels" label={t('grid.label')} onPress={() => onLabel(ids())} />
              <Action icon="chart" label={t('grid.evaluate')} onPress={() => commands.evaluate(ids())} />
            </>
          )}
          {count === 1 && (show === 'present' || show === 'missing') && (
            <Action
              icon="similar"
              label={t('grid.findSimilar')}
              onPress={() => commands.findSimilar(ids()[0] as PhotoId)}
            />
          )}
          <Suspense>
            {count > 1 && (show === 'present' || show === 'missing') && <MoreLikeThese ids={ids} />}
          </Suspense>
          <Action icon="trash" label={t('grid.remove')} onPress={() => void commands.remove(ids())} />
        </>
      )}
      {purging && (
        <PurgeDialog
          count={count}
          onPurge={() => void commands.purge(ids())}
          onClose={() => setPurging(false)}
        />
      )}
    </section>
  );
}
