import { useTranslation } from 'react-i18next';
import type { Cell } from '../../../core/evaluation/cell.ts';
import { navigate } from '../../engine/fragment.ts';
import { formatFragment } from '../../engine/fragment-state.ts';
import { useNameOf } from '../../engine/use-name-of.ts';
import { cellName } from '../../i18n/cell-name.ts';
import { CountLink } from '../../ui/CountLink.tsx';
import { useCellTarget } from './use-cell-target.ts';

/** A count that opens its photos in the library's grid. */
export function CellLink({ cell, count }: { readonly cell: Cell; readonly count: number }) {
  const { t } = useTranslation();
  const nameOf = useNameOf();
  const target = useCellTarget()(cell);
  return (
    <CountLink
      count={count}
      name={t('evaluate.cell', { count, name: cellName(t, cell, nameOf) })}
      href={formatFragment(target)}
      onOpen={() => navigate(target)}
    />
  );
}
