import { useTranslation } from 'react-i18next';
import { navigate, useFragment } from '../../engine/fragment.ts';
import { formatFragment } from '../../engine/fragment-state.ts';
import { screens } from '../../engine/screens.ts';
import { Icon } from '../../ui/Icon.tsx';
import './navigation.css';

/** The main navigation: in the bar, or along the bottom of narrow screens. Leaving the photos keeps their filters. */
export function Navigation({ atBottom }: { readonly atBottom: boolean }) {
  const { t } = useTranslation();
  const fragment = useFragment();
  return (
    <nav className={`navigation ${atBottom ? 'navigation--bottom' : ''}`} aria-label={t('shell.navigation')}>
      {screens.map(({ id, icon }) => {
        const target = { photo: null, similar: null, panel: null, screen: id } as const;
        return (
          <a
            key={id}
            className="navigation__link"
            href={formatFragment({ ...fragment, ...target }) || '#/'}
            aria-current={fragment.screen === id ? 'page' : undefined}
            onClick={(event) => {
              if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
              event.preventDefault();
              navigate(target);
            }}
          >
            {atBottom && <Icon name={icon} />}
            <span>{t(`shell.screens.${id}`)}</span>
          </a>
        );
      })}
    </nav>
  );
}
