import { Icon } from '../../ui/Icon.tsx';

export interface Sorting<Column> {
  readonly by: Column;
  readonly descending: boolean;
}

/** The heading of a column that a press sorts by; another press turns the order round. */
export function SortHeading<Column extends string>({
  column,
  text,
  title,
  sorting,
  onSort,
}: {
  readonly column: Column;
  readonly text: string;
  /** What the column means. */
  readonly title?: string | undefined;
  readonly sorting: Sorting<Column>;
  readonly onSort: (sorting: Sorting<Column>) => void;
}) {
  const isSorted = sorting.by === column;
  return (
    <th scope="col" aria-sort={isSorted ? (sorting.descending ? 'descending' : 'ascending') : undefined}>
      <button
        type="button"
        className="figure-table__sort"
        title={title}
        onClick={() => onSort({ by: column, descending: isSorted ? !sorting.descending : column !== 'name' })}
      >
        <span>{text}</span>
        {isSorted && <Icon name={sorting.descending ? 'chevron-down' : 'chevron-up'} size={12} />}
      </button>
    </th>
  );
}
