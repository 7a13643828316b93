import { useFormat } from '../i18n/format.ts';
import './count-link.css';

/** A count that opens its photos; a plain 0 where there are none. */
export function CountLink({
  count,
  name,
  href,
  onOpen,
}: {
  readonly count: number;
  /** Of the link: what the photos have in common. */
  readonly name: string;
  readonly href: string;
  readonly onOpen: () => void;
}) {
  const format = useFormat();
  if (count === 0) return <span className="count-link count-link--none numeric">0</span>;
  return (
    <a
      className="count-link numeric"
      href={href}
      aria-label={name}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
        event.preventDefault();
        onOpen();
      }}
    >
      {format.number(count)}
    </a>
  );
}
