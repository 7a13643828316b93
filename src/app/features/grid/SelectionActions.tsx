import { lazy, Suspense, useState } from 'react';
import type { PhotoId } from '../../../core/library/photo.ts';
import { useFragment } from '../../engine/fragment.ts';
import { withTexts } from '../../i18n/start.ts';
import { BulkTagDialog } from './BulkTagDialog.tsx';
import { useGridCommands } from './commands.ts';
import { SelectionBar } from './SelectionBar.tsx';

const BulkLabelDialog = lazy(() => withTexts(import('./BulkLabelDialog.tsx')));

/** What the grid does with selected photos, lent to other screens. */
export default function SelectionActions({
  ids,
  onClear,
}: {
  readonly ids: readonly PhotoId[];
  readonly onClear: () => void;
}) {
  const { show } = useFragment();
  const commands = useGridCommands();
  const [tagging, setTagging] = useState<Uint32Array<ArrayBuffer> | null>(null);
  const [labelling, setLabelling] = useState<Uint32Array<ArrayBuffer> | null>(null);
  return (
    <>
      <SelectionBar
        show={show}
        count={ids.length}
        ids={() => Uint32Array.from(ids)}
        commands={commands}
        onTag={setTagging}
        onLabel={setLabelling}
        onClear={onClear}
      />
      {tagging !== null && <BulkTagDialog ids={tagging} onClose={() => setTagging(null)} />}
      <Suspense>
        {labelling !== null && <BulkLabelDialog ids={labelling} onClose={() => setLabelling(null)} />}
      </Suspense>
    </>
  );
}
