import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NamesPlan } from '../../../protocol/match.ts';
import { useLibrary } from '../../engine/hooks.ts';
import { useFormat } from '../../i18n/format.ts';
import { Button } from '../../ui/Button.tsx';
import { FileButton } from '../../ui/FileInput.tsx';
import { useUndoOffer } from '../../ui/use-undo-offer.ts';

/** Wrong rows that are listed; the others are counted. */
const shownRows = 100;

const problems = {
  'no-file': 'match.noFile',
  'no-name': 'match.noName',
  'no-photo': 'match.noPhoto',
  'several-photos': 'match.severalPhotos',
  'named-before': 'match.namedBefore',
} as const;
const refusals = {
  headings: 'match.refusedHeadings',
  broken: 'match.refusedBroken',
  'too-large': 'match.refusedSize',
} as const;

/** Reads a CSV file of names, says what it would do, and does it when the person says so. */
export function ImportNames({ onDone }: { readonly onDone: () => void }) {
  const { t } = useTranslation();
  const library = useLibrary();
  const offerUndo = useUndoOffer();
  const [read, setRead] = useState<{ file: File; plan: NamesPlan } | null>(null);

  const turn = useRef(0);
  const choose = async (file: File) => {
    const mine = ++turn.current;
    const plan = await library.planNames(file);
    // Of two files that were chosen quickly the later one counts.
    if (turn.current === mine) setRead({ file, plan });
  };
  const take = async (chosen: NonNullable<typeof read>) => {
    // At once: a second press would import what the first one did, and undo would give back just that.
    setRead(null);
    const taken = await library.importNames(chosen.file).catch((error: unknown) => {
      // It can be tried again; what went wrong is said where all such errors are.
      setRead(chosen);
      throw error;
    });
    onDone();
    offerUndo(t('match.namesGiven', { count: taken.photos.length }), () =>
      library.takeNamesBack(taken).then(onDone),
    );
  };
  return (
    <div className="import-names">
      <p className="hint">{t('match.importHint')}</p>
      <FileButton
        icon="plus"
        label={t('match.chooseFile')}
        accept=".csv,text/csv,text/plain"
        onFile={(file) => void choose(file)}
      >
        {t('match.importNames')}
      </FileButton>
      {read !== null && <Plan plan={read.plan} onTake={() => void take(read)} />}
    </div>
  );
}

function Plan({ plan, onTake }: { readonly plan: NamesPlan; readonly onTake: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (plan.kind === 'refused')
    return (
      <p className="import-names__refused" role="alert">
        {t(refusals[plan.why])}
      </p>
    );
  const { photos, items, examples, unread, cut, wrong } = plan;
  return (
    <div className="import-names__plan">
      <p role="status">{t('match.plan', { photos, items })}</p>
      {examples.length > 0 && (
        <ul className="import-names__examples">
          {examples.map(({ file, name }) => (
            <li key={file}>
              <bdi>{file}</bdi> → <bdi>{name}</bdi>
            </li>
          ))}
        </ul>
      )}
      {unread.length > 0 && <p className="hint">{t('match.unread', { columns: format.list(unread) })}</p>}
      {cut > 0 && <p className="hint">{t('match.cut', { count: cut })}</p>}
      {wrong.length > 0 && (
        <>
          <p className="import-names__refused">{t('match.wrong', { count: wrong.length })}</p>
          <ul className="import-names__wrong">
            {wrong.slice(0, shownRows).map(({ line, file, why }) => (
              <li key={line}>{t('match.wrongRow', { line, file, why: t(problems[why]) })}</li>
            ))}
          </ul>
        </>
      )}
      {photos > 0 && (
        <Button variant="primary" onPress={onTake}>
          {t('match.apply')}
        </Button>
      )}
    </div>
  );
}
