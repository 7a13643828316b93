import { useTranslation } from 'react-i18next';
import { modelSet, type Said } from '../../../core/evaluation/cell.ts';
import { builtInSet, type SplitSide } from '../../../core/tagging/label-set.ts';
import { navigate } from '../../engine/fragment.ts';
import { emptyFragment, formatFragment } from '../../engine/fragment-state.ts';
import { useNameOf } from '../../engine/use-name-of.ts';
import { cellName } from '../../i18n/cell-name.ts';
import { CountLink } from '../../ui/CountLink.tsx';

/** How many photos that was said of: a link that shows them in the library's grid. */
export function SaidLink({
  set,
  said,
  side,
  count,
}: {
  readonly set: number;
  readonly said: Said;
  /** Only photos on that side of the split. */
  readonly side?: SplitSide;
  readonly count: number;
}) {
  const { t } = useTranslation();
  const nameOf = useNameOf();
  const name = set === builtInSet ? modelSet : String(set);
  const cell = { set: name, kind: 'said' as const, ...said, ...(side !== undefined && { side }) };
  const target = { ...emptyFragment, cell };
  return (
    <CountLink
      count={count}
      name={t('evaluate.cell', { count, name: cellName(t, cell, nameOf) })}
      href={formatFragment(target)}
      onOpen={() => navigate(target)}
    />
  );
}
