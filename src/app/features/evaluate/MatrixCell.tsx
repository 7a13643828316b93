/** One cell of a confusion matrix: how often one class is taken for another. */
export function MatrixCell({
  column,
  name,
  isRight,
  isActive,
  share,
  text,
  onPress,
}: {
  readonly column: number;
  readonly name: string;
  readonly isRight: boolean;
  /** It has the focus, or gets it by the Tab key. */
  readonly isActive: boolean;
  /** 0..1, how deep its colour is. */
  readonly share: number;
  readonly text: string;
  readonly onPress: () => void;
}) {
  const tone = isRight ? 'confusion__cell--right' : 'confusion__cell--wrong';
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid hears the keys
    <td
      aria-colindex={column + 2}
      aria-label={name}
      title={name}
      tabIndex={isActive ? 0 : -1}
      className={`confusion__cell ${tone} ${share > 0.5 ? 'confusion__cell--deep' : ''}`}
      style={{ '--at': column, '--share': `${share === 0 ? 0 : Math.round(18 + 82 * share)}%` }}
      onClick={onPress}
    >
      {text}
    </td>
  );
}
