import { useTranslation } from 'react-i18next';
import type { DuplicateFileKind, DuplicatePlanRequest } from '../../../protocol/duplicates.ts';
import { useLibrary } from '../../engine/hooks.ts';
import { Button } from '../../ui/Button.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { saveFile } from '../../ui/save-file.ts';

/** What is done to the files of photos that go. */
export type FilesChoice = 'leave' | 'move' | 'delete';

const names: Readonly<Record<DuplicateFileKind, string>> = {
  csv: 'picsift-duplicates.csv',
  json: 'picsift-duplicates.json',
  sh: 'picsift-duplicates.sh',
  ps1: 'picsift-duplicates.ps1',
};

/** Files in picked folders can be cleared away here; of all others a list or a script is to be had. */
export function FileFields({
  request,
  files,
  all,
  choice,
  onChange,
}: {
  readonly request: DuplicatePlanRequest;
  /** Of the photos of the dry run, those in picked folders; and all. */
  readonly files: number;
  readonly all: number;
  readonly choice: FilesChoice;
  readonly onChange: (choice: FilesChoice) => void;
}) {
  const { t } = useTranslation();
  const library = useLibrary();
  return (
    <section className="plan__part">
      <h3>{t('duplicates.files')}</h3>
      {files > 0 && (
        <>
          <Segmented
            label={t('duplicates.files')}
            value={choice}
            size="wide"
            options={(['leave', 'move', 'delete'] as const).map((value) => ({
              value,
              label: t(`duplicates.filesChoice.${value}`),
            }))}
            onChange={onChange}
          />
          <p>{t(`duplicates.filesAbout.${choice}`, { count: files })}</p>
        </>
      )}
      {files < all && <p>{t('duplicates.filesElsewhere', { count: all - files })}</p>}
      <div className="plan__exports">
        {(['csv', 'json', 'sh', 'ps1'] as const).map((kind) => (
          <Button
            key={kind}
            size="small"
            icon="download"
            onPress={async () => saveFile(await library.exportDuplicates(request, kind), names[kind])}
          >
            {t(`duplicates.exports.${kind}`)}
          </Button>
        ))}
      </div>
    </section>
  );
}
