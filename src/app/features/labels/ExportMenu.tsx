import { useTranslation } from 'react-i18next';
import type { LabelFileKind } from '../../../protocol/label-sets.ts';
import { useLibrary } from '../../engine/hooks.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { MenuButton, MenuItem, MenuSeparator } from '../../ui/Menu.tsx';
import { saveFile } from '../../ui/save-file.ts';
import { showToast } from '../../ui/toasts.ts';

const files: Readonly<Record<LabelFileKind, string>> = {
  csv: 'csv',
  json: 'json',
  coco: 'coco.json',
  voc: 'voc.zip',
};

/** The set's labels, or what was taught, as files. */
export function ExportMenu({
  set,
  name,
  isTaught,
  hasChanged = false,
}: {
  /** Its number; `builtInSet` as well. */
  readonly set: number;
  readonly name: string;
  readonly isTaught: boolean;
  /** Its labels are others than were taught: a file of what was taught lacks some. */
  readonly hasChanged?: boolean;
}) {
  const { t } = useTranslation();
  const library = useLibrary();
  const save = async (key: string) => {
    const [what, kind] = key.split(' ') as ['labels' | 'head', string];
    const file =
      what === 'labels'
        ? await library.exportLabels(set, kind as LabelFileKind)
        : await library.exportHead(set, kind as 'onnx' | 'json');
    const ending = what === 'labels' ? files[kind as LabelFileKind] : kind === 'onnx' ? 'onnx' : 'head.json';
    if (what === 'head' && hasChanged) showToast({ text: t('labels.exportedChanged') });
    if (file !== null) saveFile(file, `${name.replaceAll(/[\\/:*?"<>|]/g, '_')}.${ending}`);
  };
  return (
    <MenuButton
      label={t('labels.export')}
      button={<IconButton icon="download" label={t('labels.export')} />}
      onAction={(key) => void save(key)}
    >
      {(['csv', 'json', 'coco', 'voc'] as const).map((kind) => (
        <MenuItem key={kind} id={`labels ${kind}`} text={t(`labels.exports.${kind}`)} icon="file" />
      ))}
      {isTaught && <MenuSeparator />}
      {isTaught && <MenuItem id="head onnx" text={t('labels.exports.onnx')} icon="chip" />}
      {isTaught && <MenuItem id="head json" text={t('labels.exports.head')} icon="chip" />}
    </MenuButton>
  );
}
