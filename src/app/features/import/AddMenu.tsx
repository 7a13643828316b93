import { useTranslation } from 'react-i18next';
import { navigate } from '../../engine/fragment.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { MenuButton, MenuItem, MenuSeparator } from '../../ui/Menu.tsx';
import { showToast } from '../../ui/toasts.ts';

/** The other ways to add photos: a chunk of its own, since menus are heavy. */
export default function AddMenu({ onChoose }: { readonly onChoose: (what: 'files' | 'folder') => void }) {
  const { t } = useTranslation();
  return (
    <MenuButton
      label={t('import.more')}
      button={
        <IconButton
          variant="primary"
          icon="chevron-down"
          className="add-photos__more"
          label={t('import.more')}
        />
      }
      onAction={(key) => {
        if (key === 'files' || key === 'folder') onChoose(key);
        else if (key === 'names') navigate({ panel: 'catalogue' });
        else showToast({ text: `${t('import.pasteHelp')} ${t('import.dropHint')}` });
      }}
    >
      <MenuItem id="files" icon="photo" text={t('import.addFiles')} />
      <MenuItem id="folder" icon="folder" text={t('import.addFolder')} />
      <MenuSeparator />
      <MenuItem id="names" icon="tag" text={t('import.names')} />
      <MenuItem id="paste" icon="clipboard" text={t('import.paste')} shortcut={t('import.pasteKeys')} />
    </MenuButton>
  );
}
