import { useTranslation } from 'react-i18next';
import type { Cell } from '../../../core/evaluation/cell.ts';
import { formatFragment, navigate } from '../../engine/fragment.ts';
import { cellName } from '../../i18n/cell-name.ts';
import { useFormat } from '../../i18n/format.ts';
import { useCellTarget } from './use-cell-target.ts';
import { useNameOf } from './use-name-of.ts';
import './figures.css';

/** A count that opens its photos in the library's grid; a plain 0 where there are none. */
export function CellLink({ cell, count }: { readonly cell: Cell; readonly count: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = useNameOf();
  const targetOf = useCellTarget();
  if (count === 0) return <span className="cell-link cell-link--none numeric">0</span>;
  const target = targetOf(cell);
  return (
    <a
      className="cell-link numeric"
      href={formatFragment(target)}
      aria-label={t('evaluate.cell', { count, name: cellName(t, cell, nameOf) })}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
        event.preventDefault();
        navigate(target);
      }}
    >
      {format.number(count)}
    </a>
  );
}
