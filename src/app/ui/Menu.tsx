import type { ReactElement, ReactNode, RefObject } from 'react';
import {
  Menu as AriaMenu,
  MenuItem as AriaMenuItem,
  MenuTrigger,
  Separator,
} from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { Icon, type IconName } from './Icon.tsx';
import './press-style.ts';
import './overlay.css';

/* Menus cost 30 kB of script: features load the components that use them when first needed (React.lazy). */

interface MenuProps {
  readonly label: string;
  readonly onAction?: (key: string) => void;
  readonly children: ReactNode;
}

/** A button (an <IconButton> or <Button>) and the menu that it opens. */
export function MenuButton({ button, ...menu }: MenuProps & { readonly button: ReactElement }) {
  return (
    <MenuTrigger>
      {button}
      <Popover className="popover" offset={6} aria-label={menu.label}>
        <MenuList {...menu} />
      </Popover>
    </MenuTrigger>
  );
}

/** A menu at an element of the caller's: for context menus. */
export function MenuAt({
  anchor,
  isOpen,
  onClose,
  ...menu
}: MenuProps & {
  readonly anchor: RefObject<Element | null>;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}) {
  return (
    <Popover
      className="popover"
      aria-label={menu.label}
      triggerRef={anchor}
      isOpen={isOpen}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      placement="bottom start"
      offset={4}
    >
      <MenuList {...menu} autoFocus />
    </Popover>
  );
}

function MenuList({
  label,
  onAction,
  autoFocus = false,
  children,
}: MenuProps & { readonly autoFocus?: boolean }) {
  return (
    <AriaMenu
      className="menu"
      aria-label={label}
      {...(autoFocus ? { autoFocus: 'first' } : {})}
      {...(onAction === undefined ? {} : { onAction: (key) => onAction(String(key)) })}
    >
      {children}
    </AriaMenu>
  );
}

/** `text` is shown and is what typing jumps to. */
export function MenuItem({
  id,
  text,
  icon,
  shortcut,
  danger = false,
}: {
  readonly id: string;
  readonly text: string;
  readonly icon?: IconName;
  readonly shortcut?: string;
  readonly danger?: boolean;
}) {
  return (
    <AriaMenuItem id={id} textValue={text} className={`menu__item ${danger ? 'menu__item--danger' : ''}`}>
      {icon !== undefined && <Icon name={icon} size={18} />}
      <span className="menu__text">{text}</span>
      {shortcut !== undefined && <kbd className="menu__key">{shortcut}</kbd>}
    </AriaMenuItem>
  );
}

export function MenuSeparator() {
  return <Separator className="menu__separator" />;
}
