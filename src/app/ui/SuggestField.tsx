import { type KeyboardEvent, type ReactNode, type Ref, useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon, type IconName } from './Icon.tsx';
import { type Suggestion, SuggestOption } from './SuggestOption.tsx';
import './fields.css';

export interface SuggestFieldProps {
  readonly label: string;
  /** `searchbox`: a search field with suggestions; `combobox`: a field that picks one of them. */
  readonly role: 'searchbox' | 'combobox';
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly suggestions: readonly Suggestion[];
  readonly onChoose: (key: string) => void;
  /** What is marked in the suggestions; the whole value if it is not given. */
  readonly completed?: string;
  /** Backspace while there is nothing to delete. */
  readonly onBackspace?: () => void;
  /** Enter while no suggestion is marked. */
  readonly onSubmit?: (value: string) => void;
  /** Key of the suggestion that Enter takes while the arrows have marked none; null or absent: none. */
  readonly marked?: string | null;
  /** The list stands in the page below the field, rather than floating above what follows. */
  readonly inline?: boolean;
  readonly placeholder?: string;
  readonly icon?: IconName;
  readonly after?: ReactNode;
  readonly ref?: Ref<HTMLInputElement>;
}

/** A text field with a list of suggestions: arrows mark one, Enter takes it, Escape closes the list, then clears. */
export function SuggestField({
  label,
  role,
  value,
  onChange,
  suggestions,
  onChoose,
  completed,
  onBackspace,
  onSubmit,
  marked: markedAtFirst = null,
  inline = false,
  placeholder,
  icon,
  after,
  ref,
}: SuggestFieldProps) {
  const { t } = useTranslation();
  const id = useId();
  const [open, setOpen] = useState(inline);
  const [stepped, setMarked] = useState<number | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new text starts a new choice
  useEffect(() => setMarked(null), [value]);
  const marked = stepped ?? suggestions.findIndex(({ key }) => key === markedAtFirst);
  const shown = (open || inline) && suggestions.length > 0;
  const active = shown && marked >= 0 && marked < suggestions.length ? suggestions[marked] : undefined;
  const optionId = (key: string) => `${id}-${key}`;

  useEffect(() => {
    if (active !== undefined)
      document.getElementById(`${id}-${active.key}`)?.scrollIntoView({ block: 'nearest' });
  }, [active, id]);

  const choose = (key: string) => {
    setOpen(inline);
    onChoose(key);
  };

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return; // the keys belong to the input method
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!shown) return setOpen(true);
      const step = event.key === 'ArrowDown' ? 1 : -1;
      const next = marked + step;
      setMarked(next < 0 ? suggestions.length - 1 : next >= suggestions.length ? 0 : next);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      if (active !== undefined) choose(active.key);
      else {
        setOpen(inline);
        onSubmit?.(value);
      }
    } else if (event.key === 'Escape') {
      if (open && !inline && suggestions.length > 0) setOpen(false);
      else if (value !== '') onChange('');
      else return;
      event.preventDefault(); // browsers clear a search field by themselves
      event.stopPropagation();
    } else if (event.key === 'Backspace' && value === '' && onBackspace !== undefined && !event.repeat) {
      event.preventDefault();
      onBackspace();
    }
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only notices that the focus left
    <div
      className="suggest"
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setOpen(inline);
      }}
    >
      <div className="text-field">
        {icon !== undefined && <Icon name={icon} size={18} />}
        <input
          ref={ref}
          type={role === 'searchbox' ? 'search' : 'text'}
          {...(role === 'combobox' ? { role, 'aria-expanded': shown } : {})}
          className="text-field__input"
          aria-label={label}
          aria-autocomplete="list"
          {...(shown ? { 'aria-controls': `${id}-list` } : {})}
          {...(active === undefined ? {} : { 'aria-activedescendant': optionId(active.key) })}
          value={value}
          placeholder={placeholder}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          onChange={(event) => {
            setOpen(true);
            onChange(event.currentTarget.value);
          }}
          onFocus={() => setOpen(true)}
          onKeyDown={onKeyDown}
        />
        {after}
      </div>
      <span className="visually-hidden" role="status">
        {open && value !== '' && t('ui.suggestionCount', { count: suggestions.length })}
      </span>
      {shown && (
        <div className="suggest__list" id={`${id}-list`} role="listbox" aria-label={t('ui.suggestions')}>
          {suggestions.map((suggestion, index) => (
            <SuggestOption
              key={suggestion.key}
              id={optionId(suggestion.key)}
              suggestion={suggestion}
              query={completed ?? value}
              heading={suggestion.group !== suggestions[index - 1]?.group ? suggestion.group : undefined}
              marked={index === marked}
              onChoose={() => choose(suggestion.key)}
            />
          ))}
        </div>
      )}
    </div>
  );
}
