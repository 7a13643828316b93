import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DuplicatePlan } from '../../../protocol/duplicates.ts';
import { useFormat } from '../../i18n/format.ts';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { MenuButton, MenuItem } from '../../ui/Menu.tsx';
import { DuplicateThumbnail } from './DuplicateThumbnail.tsx';
import type { GroupException } from './exceptions.ts';

const perStep = 100;
const choices = ['instead', 'too', 'all'] as const satisfies readonly GroupException['kind'][];

type Entry = DuplicatePlan['entries'][number];

/** What a dry run would remove, photo by photo; of what rules propose, something else can be chosen. */
export function PlanList({
  plan,
  onException,
}: {
  readonly plan: DuplicatePlan;
  readonly onException: (entry: Entry, kind: GroupException['kind']) => void;
}) {
  const { t } = useTranslation();
  const [shown, setShown] = useState(perStep);
  return (
    <>
      <ul className="plan-list" aria-label={t('duplicates.planList')}>
        {plan.entries.slice(0, shown).map((entry) => (
          <PlanEntry
            key={entry.photo}
            entry={entry}
            onException={entry.by === 'rules' ? (kind) => onException(entry, kind) : null}
          />
        ))}
      </ul>
      {plan.entries.length > shown && (
        <Button onPress={() => setShown(shown + 10 * perStep)}>
          {t('duplicates.showMore', { left: plan.entries.length - shown })}
        </Button>
      )}
    </>
  );
}

function PlanEntry({
  entry,
  onException,
}: {
  readonly entry: Entry;
  /** Null: the person decided it. */
  readonly onException: ((kind: GroupException['kind']) => void) | null;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <li className="plan-list__item">
      <DuplicateThumbnail id={entry.photo} isRemoved />
      <DuplicateThumbnail id={entry.keptFor} isRemoved={false} />
      <span className="plan-list__words">
        <span className="foreign-text">{entry.path ?? entry.name}</span>
        <span className="hint">
          {t(`duplicates.by.${entry.by}`, { kept: entry.keptName })} · {format.bytes(entry.bytes)}
        </span>
      </span>
      {onException !== null && (
        <MenuButton
          label={t('duplicates.exceptionOf', { name: entry.name })}
          button={
            <IconButton
              icon="more"
              size="small"
              className="plan-list__choose"
              label={t('duplicates.exceptionOf', { name: entry.name })}
            />
          }
          onAction={(key) => {
            const kind = choices.find((one) => one === key);
            if (kind !== undefined) onException(kind);
          }}
        >
          {choices.map((kind) => (
            <MenuItem
              key={kind}
              id={kind}
              text={t(`duplicates.exception.${kind}`, { name: entry.name, kept: entry.keptName })}
            />
          ))}
        </MenuButton>
      )}
    </li>
  );
}
