import { useTranslation } from 'react-i18next';
import { type DuplicateScope, everything } from '../../../core/library/duplicate-scope.ts';
import { isNarrowed } from '../../../core/library/kept-scope.ts';
import { useFormat } from '../../i18n/format.ts';
import { Button } from '../../ui/Button.tsx';

/** That not everything is compared, as it is remembered from another day; nothing where everything is. */
export function ScopeNote({
  scope,
  references: found,
  onChange,
}: {
  readonly scope: DuplicateScope;
  /** Photos of the reference folders; null: not known, or there are none. */
  readonly references: number | null;
  readonly onChange: (scope: DuplicateScope) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  if (!isNarrowed(scope)) return null;
  const { compare, references, ignored, formats, filter, leastBytes } = scope;
  const listed = (texts: readonly string[]) => format.list(texts.filter((text) => text.trim() !== ''));
  const parts = [
    compare === 'all' ? '' : t(`duplicates.compares.${compare}`),
    listed(references) && t('duplicates.scopeReferences', { folders: listed(references) }),
    found !== null && t(found === 0 ? 'duplicates.protectedNone' : 'duplicates.protected', { count: found }),
    listed(ignored) && t('duplicates.scopeIgnored', { what: listed(ignored) }),
    listed(formats),
    (leastBytes > 0 || (filter !== null && (filter.from ?? filter.to ?? filter.allOf[0]) !== undefined)) &&
      t('duplicates.scopeFiltered'),
  ].filter((part) => typeof part === 'string' && part !== '');
  return (
    <p className="duplicates__scope">
      <span className="foreign-text">
        {t('duplicates.scopeNarrowed')} {parts.join(' · ')}
      </span>
      {isNarrowed({ ...scope, references: [] }) && (
        <Button size="small" onPress={() => onChange({ ...everything, references })}>
          {t('duplicates.scopeReset')}
        </Button>
      )}
    </p>
  );
}
