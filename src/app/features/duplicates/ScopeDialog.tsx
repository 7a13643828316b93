import { useTranslation } from 'react-i18next';
import type { DuplicateScope } from '../../../core/library/duplicate-scope.ts';
import { everything } from '../../../core/library/duplicate-scope.ts';
import { useLabels } from '../../engine/hooks.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { Select } from '../../ui/Select.tsx';
import { TextField } from '../../ui/TextField.tsx';
import './plan.css';

const dayMilliseconds = 86_400_000;
const anyTag = '';
const noFilter = { text: '', allOf: [], from: null, to: null };

/** Among which photos duplicates are looked for; takes effect at once. */
export function ScopeDialog({
  scope,
  references,
  onChange,
  onClose,
}: {
  readonly scope: DuplicateScope;
  /** Photos of the reference folders; null: not known, or there are none. */
  readonly references: number | null;
  readonly onChange: (scope: DuplicateScope) => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const labels = useLabels();
  const filter = scope.filter ?? noFilter;
  const change = (patch: Partial<DuplicateScope>) => onChange({ ...scope, ...patch });
  const narrow = (patch: Partial<typeof filter>) => change({ filter: { ...filter, ...patch } });
  const day = (time: number | null) => (time === null ? '' : new Date(time).toISOString().slice(0, 10));
  const time = (text: string) => (text === '' ? null : Date.parse(text));
  const named = [...labels.all].sort((a, b) => labels.name(a).localeCompare(labels.name(b)));
  return (
    <Dialog
      title={t('duplicates.scope')}
      isOpen
      onClose={onClose}
      footer={
        <>
          <Button onPress={() => onChange({ ...everything, references: scope.references })}>
            {t('duplicates.scopeReset')}
          </Button>
          <Button variant="primary" onPress={onClose}>
            {t('ui.done')}
          </Button>
        </>
      }
    >
      <div className="plan">
        <Segmented
          label={t('duplicates.compare')}
          value={scope.compare}
          size="wide"
          options={(['all', 'within-folders', 'reference'] as const).map((value) => ({
            value,
            label: t(`duplicates.compares.${value}`),
          }))}
          onChange={(compare) => change({ compare })}
        />
        <TextField
          label={t('duplicates.references')}
          value={scope.references.join('; ')}
          onChange={(text) => change({ references: listOf(text) })}
        />
        {references !== null && (
          <p role="status" className={references === 0 ? 'plan__outdated' : 'hint'}>
            {t(references === 0 ? 'duplicates.protectedNone' : 'duplicates.protected', { count: references })}
          </p>
        )}
        <TextField
          label={t('duplicates.ignored')}
          value={scope.ignored.join('; ')}
          onChange={(text) => change({ ignored: listOf(text) })}
        />
        <TextField
          label={t('duplicates.formats')}
          value={scope.formats.join('; ')}
          onChange={(text) => change({ formats: listOf(text.toLowerCase()) })}
        />
        <TextField
          type="number"
          min={0}
          label={t('duplicates.leastSize')}
          value={scope.leastBytes === 0 ? '' : String(scope.leastBytes / 1000)}
          onChange={(text) => change({ leastBytes: 1000 * Math.max(0, Number(text) || 0) })}
        />
        <TextField
          type="date"
          label={t('duplicates.from')}
          value={day(filter.from)}
          onChange={(text) => narrow({ from: time(text) })}
        />
        <TextField
          type="date"
          label={t('duplicates.to')}
          value={day(filter.to === null ? null : filter.to - dayMilliseconds)}
          onChange={(text) => narrow({ to: text === '' ? null : Date.parse(text) + dayMilliseconds })}
        />
        <Select<string>
          label={t('duplicates.tag')}
          value={filter.allOf[0] === undefined ? anyTag : String(filter.allOf[0])}
          options={[
            { value: anyTag, label: t('duplicates.anyTag') },
            ...named.map((label) => ({ value: String(label.number), label: labels.name(label) })),
          ]}
          onChange={(value) =>
            narrow({
              allOf: named.filter(({ number }) => String(number) === value).map(({ number }) => number),
            })
          }
        />
      </div>
    </Dialog>
  );
}

/** What is typed between semicolons; one that is still empty stays, so that typing goes on. */
function listOf(text: string): readonly string[] {
  return text === '' ? [] : text.split(/;\s?/);
}
