import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { wordsOf } from '../../../core/error-words.ts';
import type { IndexFileKind, IndexStatus, OpenedFaiss } from '../../../protocol/library.ts';
import { useLibrary } from '../../engine/hooks.ts';
import { Button } from '../../ui/Button.tsx';
import { FileButton } from '../../ui/FileInput.tsx';
import { saveFile } from '../../ui/save-file.ts';
import { showToast } from '../../ui/toasts.ts';

const kinds = [
  { kind: 'faiss', label: 'settings.indexFileFaiss', name: 'picsift.faiss' },
  { kind: 'npy', label: 'settings.indexFileNpy', name: 'picsift.npy' },
  { kind: 'fvecs', label: 'settings.indexFileFvecs', name: 'picsift.fvecs' },
  { kind: 'lines', label: 'settings.indexFileLines', name: 'picsift.jsonl' },
] as const;

/** Index and vectors as files for Faiss and vector databases, and an index of Faiss taken in. */
export function IndexFiles({ index }: { readonly index: IndexStatus }) {
  const { t, i18n } = useTranslation();
  const library = useLibrary();
  /** Buttons stay enabled meanwhile: a disabled one would lose the focus, and Escape and Tab with it. */
  const isBusy = useRef(false);
  const [opened, setOpened] = useState<OpenedFaiss | null>(null);

  const during = async (work: () => Promise<void>, failed: (why: string) => void) => {
    if (isBusy.current) return;
    isBusy.current = true;
    setOpened(null);
    try {
      await work();
    } catch (error) {
      failed(wordsOf(error));
    } finally {
      isBusy.current = false;
    }
  };
  const save = async (kind: IndexFileKind, name: string) => {
    const file = await library.indexFile(kind, i18n.language.startsWith('zh') ? 'zh' : 'en');
    if (file !== null) saveFile(file, name);
  };
  const notSaved = (why: string) =>
    showToast({ text: t('settings.indexFileNotSaved', { why }), tone: 'danger' });
  const open = async (file: File) => setOpened(await library.openFaiss(file));
  const notOpened = (why: string) => setOpened({ kind: 'refused', why });
  return (
    <>
      <h4>{t('settings.indexFiles')}</h4>
      <p className="hint">{t('settings.indexFilesHint')}</p>
      <div className="settings__buttons">
        {kinds.map(({ kind, label, name }) => (
          <Button key={kind} icon="download" onPress={() => void during(() => save(kind, name), notSaved)}>
            {t(label)}
          </Button>
        ))}
        <FileButton
          icon="upload"
          isDisabled={index.build !== null}
          label={t('settings.indexFileOpen')}
          onFile={(file) => void during(() => open(file), notOpened)}
        >
          {t('settings.indexFileOpen')}
        </FileButton>
      </div>
      <div role="status">{opened !== null && <Outcome opened={opened} />}</div>
    </>
  );
}

function Outcome({ opened }: { readonly opened: OpenedFaiss }) {
  const { t } = useTranslation();
  switch (opened.kind) {
    case 'opened':
      return <p>{t('settings.indexFileOpened', { count: opened.pictures })}</p>;
    case 'refused':
      return (
        <p>
          {t('settings.indexFileRefused')} <span className="hint foreign-text">{opened.why}</span>
        </p>
      );
    case 'building':
      return <p>{t('settings.indexFileBuilding')}</p>;
    case 'nothing':
      return <p>{t('settings.indexEmpty')}</p>;
  }
}
