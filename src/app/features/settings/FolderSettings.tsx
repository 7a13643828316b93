import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FolderInfo, RescanReport } from '../../../protocol/folders.ts';
import { allowFileAccess } from '../../engine/file-access.ts';
import { navigate } from '../../engine/fragment.ts';
import { emptyFragment } from '../../engine/fragment-state.ts';
import { useEnginePart, useLibrary } from '../../engine/hooks.ts';
import { picked } from '../../engine/picked.ts';
import { useAnswer } from '../../engine/use-answer.ts';
import { useFormat } from '../../i18n/format.ts';
import { Button } from '../../ui/Button.tsx';
import { Checkbox } from '../../ui/Checkbox.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { showToast } from '../../ui/toasts.ts';
import { useReportText } from './use-report-text.ts';

/** The picked folders: how they stand, and what can be done where they are out of step. */
export function FolderSettings() {
  const { t } = useTranslation();
  const library = useLibrary();
  const reportText = useReportText();
  const scanning = useEnginePart(({ status }) => status.folders.scanning);
  const { folders, again } = useFolders();
  if (folders === null) return <p aria-busy="true">…</p>;
  if (folders.length === 0) return <p className="hint">{t('folders.none')}</p>;

  const rescan = async (work: Promise<RescanReport>) => showToast({ text: reportText(await work) });
  const follow = async ({ number }: FolderInfo, isFollowed: boolean) => {
    await library.followFolder(number, isFollowed);
    again();
  };
  const locate = async ({ number }: FolderInfo) => {
    const handle = await picked(showDirectoryPicker({ id: 'photos', mode: 'read' }));
    if (handle !== null) await rescan(library.relocateFolder(number, handle));
  };
  return (
    <>
      <ul className="folder-list" aria-label={t('folders.list')}>
        {folders.map((folder) => (
          <Folder
            key={folder.number}
            folder={folder}
            onRescan={() => void rescan(library.rescanFolders([folder.number]))}
            onLocate={() => void locate(folder)}
            onFollow={(on) => void follow(folder, on)}
          />
        ))}
      </ul>
      {folders.length > 1 && (
        <Button icon="retry" onPress={() => void rescan(library.rescanFolders(null))}>
          {t('folders.rescanAll')}
        </Button>
      )}
      <p className="hint numeric">
        <span role="status">{scanning !== null && t('folders.scanning')}</span>{' '}
        {scanning !== null && scanning > 0 && t('folders.scanned', { count: scanning })}
      </p>
    </>
  );
}

function Folder({
  folder,
  onRescan,
  onLocate,
  onFollow,
}: {
  readonly folder: FolderInfo;
  readonly onRescan: () => void;
  readonly onLocate: () => void;
  readonly onFollow: (isFollowed: boolean) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const library = useLibrary();
  const { name, photos, missing, state, isFollowed, scannedAt } = folder;
  const allow = async () => {
    if (!(await allowFileAccess(library))) showToast({ text: t('folders.accessDenied'), tone: 'danger' });
  };
  const words = {
    ready:
      scannedAt === null
        ? t('folders.neverScanned')
        : t('folders.scannedAt', { date: format.dateTime(scannedAt) }),
    'no-permission': t('folders.noPermission'),
    gone: t('folders.gone'),
  }[state];
  return (
    <li className="folder-list__item">
      <div className="folder-list__head">
        <Icon name={state === 'ready' ? 'folder' : 'warning'} size={18} />
        <bdi className="folder-list__name foreign-text">{name}</bdi>
        <span className="folder-list__count numeric">{t('folders.photos', { count: photos })}</span>
      </div>
      <p className="hint">{words}</p>
      <Checkbox kind="switch" checked={isFollowed} onChange={onFollow}>
        {t('folders.follow')}
      </Checkbox>
      <div className="settings__buttons">
        {state === 'no-permission' && isFollowed && (
          <Button size="small" variant="primary" onPress={() => void allow()}>
            {t('folders.allowAccess')}
          </Button>
        )}
        {state === 'ready' && (
          <Button
            size="small"
            icon="retry"
            aria-label={t('folders.rescanNamed', { name })}
            onPress={onRescan}
          >
            {t('folders.rescan')}
          </Button>
        )}
        {state === 'gone' && (
          <Button size="small" icon="folder" onPress={onLocate}>
            {t('folders.locate')}
          </Button>
        )}
        {missing > 0 && (
          <Button size="small" icon="warning" onPress={() => navigate({ ...emptyFragment, show: 'missing' })}>
            {t('folders.missing', { count: missing })}
          </Button>
        )}
      </div>
    </li>
  );
}

/** Null: not known yet. */
function useFolders(): { readonly folders: readonly FolderInfo[] | null; readonly again: () => void } {
  const library = useLibrary();
  const [turn, setTurn] = useState(0);
  const status = useEnginePart((state) => state.status.folders);
  const missing = useEnginePart((state) => state.status.counts.missing);
  const { count, waiting } = status;
  const figures = [count, waiting, status.scanning !== null, missing, turn].join();
  const folders = useAnswer(() => library.folders(), figures);
  return { folders, again: () => setTurn((before) => before + 1) };
}
