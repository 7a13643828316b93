import type { MonthGroup } from '../../../core/library/photo-query.ts';
import { useFormat } from '../../i18n/format.ts';
import { type GridLayout, groupOfRow, rowAt } from './layout.ts';

/** The heading's own words are out of sight after this many pixels. */
const headingGonePixels = 30;

/** The month at the top of the window, `offset` pixels down, once its own heading is out of sight. */
export function StickyMonth({
  groups,
  layout,
  offset,
}: {
  readonly groups: readonly MonthGroup[];
  readonly layout: GridLayout;
  readonly offset: number;
}) {
  const format = useFormat();
  const index = groupOfRow(layout, rowAt(layout, offset));
  const group = groups[index];
  const heading = layout.headings[index];
  if (group === undefined || heading === undefined) return null;
  if (offset <= (layout.top[heading] as number) + headingGonePixels) return null;
  return (
    <div className="grid__month" aria-hidden="true">
      {format.month(group.year, group.month)}
    </div>
  );
}
