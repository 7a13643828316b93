import { useTranslation } from 'react-i18next';
import type { ExportKind } from '../../../protocol/figures.ts';
import { useLabels } from '../../engine/hooks.ts';
import { Button } from '../../ui/Button.tsx';
import { saveFile } from '../../ui/save-file.ts';
import type { Figures } from './use-figures.ts';

const files = {
  csv: { name: 'picsift-figures.csv', type: 'text/csv' },
  curves: { name: 'picsift-curves.csv', type: 'text/csv' },
  json: { name: 'picsift-figures.json', type: 'application/json' },
} as const satisfies Record<ExportKind, { name: string; type: string }>;

/** The figures as a table, their charts as numbers, all as JSON, or on paper. */
export function ExportFigures({ figures }: { readonly figures: Figures }) {
  const { t } = useTranslation();
  const labels = useLabels();
  const save = async (kind: ExportKind) => {
    const names = Object.fromEntries(labels.all.map((label) => [label.id, labels.name(label, label.set)]));
    const text = await figures.file(kind, names);
    // Spreadsheets take UTF-8 for what it is only after this mark.
    const { name, type } = files[kind];
    saveFile(new Blob(kind === 'json' ? [text] : ['\uFEFF', text], { type }), name);
  };
  return (
    <div className="evaluate__export">
      <Button
        size="small"
        icon="download"
        aria-label={t('evaluate.exportCsv')}
        onPress={() => void save('csv')}
      >
        CSV
      </Button>
      <Button size="small" icon="download" onPress={() => void save('curves')}>
        {t('evaluate.exportCurves')}
      </Button>
      <Button
        size="small"
        icon="download"
        aria-label={t('evaluate.exportJson')}
        onPress={() => void save('json')}
      >
        JSON
      </Button>
      <Button size="small" icon="file" onPress={() => print()}>
        {t('evaluate.print')}
      </Button>
    </div>
  );
}
