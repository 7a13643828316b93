import { useTranslation } from 'react-i18next';
import type { PhotoId } from '../../../core/library/photo.ts';
import { addToTray } from '../../engine/fragment.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { MenuButton, MenuItem } from '../../ui/Menu.tsx';

/** What else can be done with the open photo. A chunk of its own, since menus are heavy. */
export default function MoreMenu({
  id,
  onDownload,
}: {
  readonly id: PhotoId;
  /** Null: there is a button for it, or nothing to download. */
  readonly onDownload: (() => void) | null;
}) {
  const { t } = useTranslation();
  return (
    <MenuButton
      button={<IconButton icon="more" label={t('ask.moreActions')} />}
      label={t('ask.moreActions')}
      onAction={(key) => (key === 'download' ? onDownload?.() : addToTray([id], key === 'more' ? 1 : -0.5))}
    >
      <MenuItem id="more" icon="plus" text={t('ask.moreLike')} />
      <MenuItem id="less" icon="minus" text={t('ask.lessLike')} />
      {onDownload !== null && <MenuItem id="download" icon="download" text={t('photo.download')} />}
    </MenuButton>
  );
}
