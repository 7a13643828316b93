import { useTranslation } from 'react-i18next';
import type { Drawing } from '../../../core/evaluation/matrix-drawing.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { MenuButton, MenuItem } from '../../ui/Menu.tsx';
import { saveFile } from '../../ui/save-file.ts';
import { pngOf } from './chart-picture.ts';

/** Saves what is drawn as a picture, as a drawing, or its numbers as a table. */
export function SavePicture({
  title,
  fileName,
  draw,
  csv,
}: {
  readonly title: string;
  /** Without an ending; signs that no file's name may have are replaced. */
  readonly fileName: string;
  /** Null: it is not there yet. */
  readonly draw: () => Drawing | null;
  readonly csv: () => string;
}) {
  const { t } = useTranslation();
  const save = async (kind: string) => {
    const name = `${fileName.replaceAll(/[\\/:*?"<>|]/g, '_')}.${kind}`;
    if (kind === 'csv') {
      // Spreadsheets take UTF-8 for what it is only after this mark.
      saveFile(new Blob(['\uFEFF', csv()], { type: 'text/csv' }), name);
      return;
    }
    const drawn = draw();
    if (drawn === null) return;
    const { svg, width, height } = drawn;
    saveFile(
      kind === 'svg' ? new Blob([svg], { type: 'image/svg+xml' }) : await pngOf(svg, width, height),
      name,
    );
  };
  const label = t('evaluate.saveChart', { title });
  return (
    <MenuButton
      label={label}
      button={<IconButton icon="download" size="small" label={label} />}
      onAction={(kind) => void save(kind)}
    >
      <MenuItem id="png" icon="photo" text={t('evaluate.asPng')} />
      <MenuItem id="svg" icon="file" text={t('evaluate.asSvg')} />
      <MenuItem id="csv" icon="file" text={t('evaluate.asNumbers')} />
    </MenuButton>
  );
}
