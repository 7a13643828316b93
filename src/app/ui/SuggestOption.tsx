import type { ReactNode } from 'react';
import { Icon, type IconName } from './Icon.tsx';
import './suggest.css';

export interface Suggestion {
  readonly key: string;
  /** What is shown, `query` marked in it. */
  readonly text: string;
  readonly hint?: string;
  readonly icon?: IconName;
  /** Heading above the first suggestion of each run with the same group. */
  readonly group?: string;
}

/** One suggestion in the list of a field, `query` marked in it, below the heading of its group. */
export function SuggestOption({
  id,
  suggestion,
  query,
  heading,
  marked,
  onChoose,
}: {
  readonly id: string;
  readonly suggestion: Suggestion;
  readonly query: string;
  readonly heading: string | undefined;
  readonly marked: boolean;
  readonly onChoose: () => void;
}) {
  return (
    <>
      {heading !== undefined && (
        <div className="suggest__group" role="presentation">
          {heading}
        </div>
      )}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the field has the focus and handles the keys */}
      <div
        className="suggest__option"
        id={id}
        role="option"
        tabIndex={-1}
        aria-selected={marked}
        onPointerDown={(event) => event.preventDefault()}
        onClick={onChoose}
      >
        {suggestion.icon !== undefined && <Icon name={suggestion.icon} size={16} />}
        <span className="suggest__text foreign-text">{withMark(suggestion.text, query)}</span>
        {suggestion.hint !== undefined && <span className="suggest__hint numeric">{suggestion.hint}</span>}
      </div>
    </>
  );
}

function withMark(text: string, query: string): ReactNode {
  const at = query === '' ? -1 : text.toLowerCase().indexOf(query.trim().toLowerCase());
  if (at < 0) return text;
  const end = at + query.trim().length;
  return (
    <>
      {text.slice(0, at)}
      <mark>{text.slice(at, end)}</mark>
      {text.slice(end)}
    </>
  );
}
