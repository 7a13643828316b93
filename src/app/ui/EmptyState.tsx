import type { ReactNode } from 'react';
import { Icon, type IconName } from './Icon.tsx';
import './feedback.css';

/** What a place says when there is nothing in it, and what can be done about it. */
export function EmptyState({
  icon,
  title,
  text,
  children,
}: {
  readonly icon: IconName;
  readonly title: string;
  readonly text?: ReactNode;
  readonly children?: ReactNode;
}) {
  return (
    <div className="empty-state">
      <span className="empty-state__icon">
        <Icon name={icon} size={32} />
      </span>
      <h2 className="empty-state__title">{title}</h2>
      {text !== undefined && <p className="empty-state__text">{text}</p>}
      {children !== undefined && <div className="empty-state__actions">{children}</div>}
    </div>
  );
}
