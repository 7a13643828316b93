import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LabelSet } from '../../../core/tagging/label-set.ts';
import type {
  HeadAnswer,
  ImportAnswer,
  ImportPreview,
  ImportTarget,
  LabelOrigin,
} from '../../../protocol/label-sets.ts';
import { useLibrary } from '../../engine/hooks.ts';
import { useFormat } from '../../i18n/format.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { FilesButton } from '../../ui/FileInput.tsx';
import { Select } from '../../ui/Select.tsx';
import { showToast } from '../../ui/toasts.ts';
import { ImportPreviewText } from './ImportPreviewText.tsx';
import { ImportTargetFields } from './ImportTargetFields.tsx';
import './labels-form.css';

const shownNames = 8;

type Problem = Extract<ImportAnswer | HeadAnswer, { ok: false }>['problem'];

/** Labels from a file or from folders: first what it would do, then, if wanted, the import. */
export function ImportLabelsDialog({
  sets,
  onClose,
  onDone,
}: {
  readonly sets: readonly LabelSet[];
  readonly onClose: () => void;
  readonly onDone: (set: LabelSet) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const library = useLibrary();
  /** Null: nothing chosen yet. */
  const [files, setFiles] = useState<LabelOrigin | null>(null);
  const [preview, setPreview] = useState<ImportPreview | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  /** Names of the files that were chosen last. */
  const [chosenNames, setChosenNames] = useState<readonly string[]>([]);

  /** Of the preview that was asked for last; and the name that was typed since, which its answer leaves as it is. */
  const latest = useRef<{ readonly number: number; readonly name: string | null }>({ number: 0, name: null });

  const look = async (from: LabelOrigin, target: ImportTarget | null) => {
    const number = latest.current.number + 1;
    latest.current = { number, name: null };
    setBusy(true);
    try {
      const answer = await library.previewLabels(from, target);
      if (latest.current.number !== number) return;
      const { name } = latest.current;
      setFiles(from);
      setPreview(answer.ok ? named(answer.preview, name) : null);
      setProblem(answer.ok ? null : answer.problem);
    } finally {
      if (latest.current.number === number) setBusy(false);
    }
  };
  const change = (part: Partial<ImportTarget>) => {
    if (preview === null || files === null) return;
    // A name changes nothing of what the import would do, and is typed letter by letter.
    if (part.name !== undefined && !('set' in part)) {
      latest.current = { ...latest.current, name: part.name };
      setPreview(named(preview, part.name));
      setProblem(null);
    } else void look(files, { ...preview.target, ...part });
  };
  const takeHead = async (file: File) => {
    // What a preview that is under way would show is not wanted any more.
    latest.current = { number: latest.current.number + 1, name: null };
    setBusy(true);
    try {
      const answer = await library.importHead(file);
      if (answer.ok) onDone(answer.set);
      else setProblem(answer.problem);
    } finally {
      setBusy(false);
    }
  };
  const take = async (chosen: readonly File[]) => {
    const [first] = chosen;
    if (first === undefined) return;
    setChosenNames(chosen.map(({ name }) => name));
    // What is set for the files before is not taken for these.
    setPreview(null);
    try {
      if (await isHead(first)) await takeHead(first);
      else await look(chosen, null);
    } catch (error) {
      // It was moved or deleted since it was chosen, or may not be read.
      if (!(error instanceof DOMException)) throw error;
      setProblem({ code: 'unreadable', found: first.name });
    }
  };
  const run = async () => {
    if (preview === null || files === null) return;
    setBusy(true);
    const answer = await library.importLabels(files, preview.target).finally(() => setBusy(false));
    if (!answer.ok) {
      setProblem(answer.problem);
      return;
    }
    showToast({ text: t('labels.imported', { count: answer.photos, name: answer.set.name }) });
    onDone(answer.set);
  };

  return (
    <Dialog
      title={t('labels.importLabels')}
      isOpen
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('ui.cancel')}</Button>
          <Button
            variant="primary"
            isDisabled={busy || preview === null || doesNothing(preview)}
            onPress={() => void run()}
          >
            {t('labels.import')}
          </Button>
        </>
      }
    >
      <div className="labels-form" aria-busy={busy}>
        <p className="hint">{t('labels.importHint')}</p>
        <div className="labels-form__row">
          <FilesButton
            icon="file"
            label={t('labels.labelFiles')}
            accept=".csv,.tsv,.txt,.json,.xml,.zip,.onnx"
            onFiles={(chosen) => void take(chosen)}
          >
            {t('labels.chooseFiles')}
          </FilesButton>
          <Button
            icon="folder"
            onPress={() => {
              setChosenNames([]);
              void look({ root: null }, null);
            }}
          >
            {t('labels.fromFolders')}
          </Button>
        </div>
        {chosenNames.length > 0 && (
          <p className="hint foreign-text">
            {format.list(chosenNames.slice(0, shownNames))}
            {chosenNames.length > shownNames && ' …'}
          </p>
        )}
        <p className="labels-form__problem foreign-text" role="alert">
          {problem !== null &&
            t(`labels.problems.${problem.code}`, { found: 'found' in problem ? problem.found : '' })}
        </p>
        {preview !== null && (
          <>
            {files !== null && 'root' in files && (
              <Select
                label={t('labels.rootFolder')}
                value={files.root ?? ''}
                onChange={(root) => void look({ root: root === '' ? null : root }, null)}
                options={[
                  { value: '', label: t('labels.anyFolder') },
                  ...preview.roots.map((root) => ({ value: root, label: root })),
                ]}
              />
            )}
            <ImportTargetFields sets={sets} preview={preview} onChange={change} />
            <ImportPreviewText preview={preview} />
          </>
        )}
      </div>
    </Dialog>
  );
}

/** No photo of the library is labelled by it, and no label is new. */
const doesNothing = ({ matched, labels }: ImportPreview) =>
  matched === 0 && labels.every(({ known }) => known);

/** What was taught, whatever the file is called: browsers number a second one of a name. */
async function isHead(file: File): Promise<boolean> {
  if (/\.onnx$/i.test(file.name)) return true;
  return /"format":\s*"picsift-head"/.test(await file.slice(0, 100).text());
}

/** With another name for the set; null: with its own. */
function named(preview: ImportPreview, name: string | null): ImportPreview {
  return name === null ? preview : { ...preview, target: { ...preview.target, name } };
}
