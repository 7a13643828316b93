import { useTranslation } from 'react-i18next';
import type { ExportKind } from '../../../protocol/figures.ts';
import { useLabels } from '../../engine/hooks.ts';
import { Button } from '../../ui/Button.tsx';
import { saveFile } from '../../ui/save-file.ts';
import type { Figures } from './use-figures.ts';

const types = { csv: 'text/csv', json: 'application/json' } as const;

/** The figures as a table, as JSON, or on paper. */
export function ExportFigures({ figures }: { readonly figures: Figures }) {
  const { t } = useTranslation();
  const labels = useLabels();
  const save = async (kind: ExportKind) => {
    const names = Object.fromEntries(labels.all.map((label) => [label.id, labels.name(label, label.set)]));
    const text = await figures.file(kind, names);
    // Spreadsheets take UTF-8 for what it is only after this mark.
    const parts = kind === 'csv' ? ['\uFEFF', text] : [text];
    saveFile(new Blob(parts, { type: types[kind] }), `picsift-figures.${kind}`);
  };
  return (
    <div className="evaluate__export">
      <Button size="small" icon="download" onPress={() => void save('csv')}>
        {t('evaluate.exportCsv')}
      </Button>
      <Button size="small" icon="download" onPress={() => void save('json')}>
        {t('evaluate.exportJson')}
      </Button>
      <Button size="small" icon="file" onPress={() => print()}>
        {t('evaluate.print')}
      </Button>
    </div>
  );
}
