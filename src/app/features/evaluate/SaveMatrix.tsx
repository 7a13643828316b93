import { useTranslation } from 'react-i18next';
import { confusionCsv } from '../../../core/evaluation/export-figures.ts';
import { drawMatrix } from '../../../core/evaluation/matrix-drawing.ts';
import type { GroupFigures } from '../../../protocol/figures.ts';
import type { MatrixCells } from './matrix-cells.ts';
import { SavePicture } from './SavePicture.tsx';

/** Saves the matrix as it is shown: its order and its numbers. */
export function SaveMatrix({
  group,
  order,
  cells: { columns, shareOf, textOf },
  nameOf,
}: {
  readonly group: GroupFigures;
  /** [classes] class numbers. */
  readonly order: Uint32Array;
  readonly cells: MatrixCells;
  readonly nameOf: (id: string) => string;
}) {
  const { t } = useTranslation();
  const { classes, counts, refused, photos, name } = group;
  const title = t('evaluate.confusion');
  const named = (guess: number) =>
    guess === classes.length ? t('evaluate.refused') : nameOf(classes[guess]!);
  return (
    <SavePicture
      title={title}
      fileName={`${title} ${name}`.trim()}
      draw={() => {
        const rows = [...order];
        return drawMatrix(
          [name, t('evaluate.actualByPredicted')].filter((text) => text !== '').join(' · '),
          rows.map(named),
          columns.map(named),
          rows.map((actual) => columns.map((guess) => shareOf(actual, guess))),
          rows.map((actual) => columns.map((guess) => textOf(actual, guess))),
        );
      }}
      csv={() =>
        confusionCsv(classes.map(nameOf), { classCount: classes.length, counts, refused, total: photos })
      }
    />
  );
}
