import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TagFileKind } from '../../../protocol/library.ts';
import { useEngine, useLibrary } from '../../engine/hooks.ts';
import { Button } from '../../ui/Button.tsx';
import { saveFile } from '../../ui/save-file.ts';

const kinds = [
  { kind: 'csv', label: 'settings.exportCsv', name: 'picsift-tags.csv' },
  { kind: 'json', label: 'settings.exportJson', name: 'picsift-tags.json' },
  { kind: 'xmp', label: 'settings.exportXmp', name: 'picsift-sidecars.zip' },
] as const;

/** Tags and decisions as files for other programs. */
export function ExportSettings() {
  const { t, i18n } = useTranslation();
  const library = useLibrary();
  const { tagsLoaded, counts } = useEngine().status;
  const [making, setMaking] = useState(false);
  if (counts.present === 0) return <p className="hint">{t('settings.exportNone')}</p>;

  const save = async (kind: TagFileKind, name: string) => {
    setMaking(true);
    try {
      const language = i18n.language.startsWith('zh') ? 'zh' : 'en';
      saveFile(await library.exportTags(kind, language), name);
    } finally {
      setMaking(false);
    }
  };
  return (
    <>
      <p className="hint">{t('settings.exportHint')}</p>
      <div className="settings__buttons">
        {kinds.map(({ kind, label, name }) => (
          <Button
            key={kind}
            icon="download"
            isDisabled={!tagsLoaded || making}
            onPress={() => void save(kind, name)}
          >
            {t(label)}
          </Button>
        ))}
      </div>
    </>
  );
}
