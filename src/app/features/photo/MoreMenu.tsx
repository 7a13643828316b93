import { useTranslation } from 'react-i18next';
import type { PhotoId } from '../../../core/library/photo.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { MenuButton, MenuItem } from '../../ui/Menu.tsx';
import { useAddToTray } from '../../ui/use-tray.ts';

/** What else can be done with the open photo. A chunk of its own, since menus are heavy. */
export default function MoreMenu({
  id,
  onRegion,
  onDownload,
}: {
  readonly id: PhotoId;
  /** Null: there is a button for it. */
  readonly onRegion: (() => void) | null;
  /** Null: there is a button for it, or nothing to download. */
  readonly onDownload: (() => void) | null;
}) {
  const { t } = useTranslation();
  const addToTray = useAddToTray();
  const actions: Readonly<Record<string, () => void>> = {
    more: () => addToTray([id], 1),
    less: () => addToTray([id], -0.5),
    region: () => onRegion?.(),
    download: () => onDownload?.(),
  };
  return (
    <MenuButton
      button={<IconButton icon="more" label={t('ask.moreActions')} />}
      label={t('ask.moreActions')}
      onAction={(key) => actions[key]?.()}
    >
      <MenuItem id="more" icon="plus" text={t('ask.moreLike')} />
      <MenuItem id="less" icon="minus" text={t('ask.lessLike')} />
      {onRegion !== null && <MenuItem id="region" icon="region" text={t('ask.selectRegion')} />}
      {onDownload !== null && <MenuItem id="download" icon="download" text={t('photo.download')} />}
    </MenuButton>
  );
}
