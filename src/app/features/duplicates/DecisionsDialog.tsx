import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Conflict } from '../../../core/dedup/conflicts.ts';
import type { Decision } from '../../../core/dedup/decision.ts';
import { useLibrary } from '../../engine/hooks.ts';
import { useFormat } from '../../i18n/format.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { FileButton } from '../../ui/FileInput.tsx';
import { saveFile } from '../../ui/save-file.ts';
import { TextField } from '../../ui/TextField.tsx';
import { showToast } from '../../ui/toasts.ts';
import { AppliedRuns } from './AppliedRuns.tsx';
import './plan.css';

const perStep = 100;

/** All decisions, or those that contradict each other: searched, taken back, saved as a file, taken from one. */
export function DecisionsDialog({
  only,
  again,
  undo,
  onClose,
}: {
  /** Null: all. */
  readonly only: readonly Conflict[] | null;
  readonly again: () => Promise<void>;
  /** Takes a run back. */
  readonly undo: (run: number) => Promise<void>;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const library = useLibrary();
  const [all, setAll] = useState<readonly Decision[]>([]);
  const [text, setText] = useState('');
  const [shown, setShown] = useState(perStep);
  const load = useCallback(async () => setAll(await library.duplicateDecisions()), [library]);
  useEffect(() => void load(), [load]);
  const changed = async () => {
    await load();
    await again();
  };
  const wanted = text.toLowerCase();
  const numbers = only && new Set(only.flatMap(({ decisions }) => decisions));
  const found = all.filter(
    ({ number, photos }) =>
      (numbers === null || numbers.has(number)) &&
      photos.some(({ place }) => place.toLowerCase().includes(wanted)),
  );
  const takeBack = async (decision: Decision) => {
    await library.forgetDuplicateDecisions([decision.number]);
    await changed();
    const restore = async () => {
      await library.addDuplicateDecisions([decision]);
      await changed();
    };
    showToast({
      topic: 'undo',
      text: t('duplicates.forgotten', { number: decision.number }),
      action: { label: t('ui.undo'), run: () => void restore() },
    });
  };
  const take = async (file: File) => {
    const fresh = await library.importDuplicateDecisions(file);
    showToast({ text: fresh < 0 ? t('duplicates.noDecisions') : t('duplicates.taken', { count: fresh }) });
    await changed();
  };
  return (
    <Dialog
      title={t(only === null ? 'duplicates.decisions' : 'duplicates.conflicts')}
      isOpen
      onClose={onClose}
      size="large"
      footer={
        <>
          <FileButton
            icon="upload"
            label={t('duplicates.decisionFile')}
            accept="application/json,.json"
            onFile={(file) => void take(file)}
          >
            {t('duplicates.import')}
          </FileButton>
          <Button
            icon="download"
            onPress={async () => saveFile(await library.exportDuplicateDecisions(), 'picsift-decisions.json')}
          >
            {t('duplicates.export')}
          </Button>
        </>
      }
    >
      <div className="plan">
        {only === null && (
          <AppliedRuns
            undo={async (run) => {
              await undo(run);
              await load();
            }}
          />
        )}
        <TextField
          type="search"
          icon="search"
          label={t('duplicates.searchDecisions')}
          value={text}
          onChange={setText}
        />
        <p role="status">{t('duplicates.decisionCount', { count: found.length })}</p>
        <ul className="plan-list" aria-label={t('duplicates.decisions')}>
          {found.slice(0, shown).map((decision) => {
            const { number, kind, photos, at } = decision;
            return (
              <li key={number} className="plan-list__item">
                <span className="plan-list__words">
                  <span>
                    {number}. {t(`duplicates.decisionKind.${kind}`)} · {format.dateTime(at)}
                  </span>
                  <span className="hint foreign-text">
                    {photos.map(({ place }) => place.replace(/^\//, '')).join(' · ')}
                  </span>
                </span>
                <Button
                  size="small"
                  aria-label={t('duplicates.forget', { number })}
                  className="plan-list__choose"
                  onPress={() => void takeBack(decision)}
                >
                  {t('duplicates.takeBack')}
                </Button>
              </li>
            );
          })}
        </ul>
        {found.length > shown && (
          <Button onPress={() => setShown(shown + 10 * perStep)}>
            {t('duplicates.showMore', { left: found.length - shown })}
          </Button>
        )}
      </div>
    </Dialog>
  );
}
