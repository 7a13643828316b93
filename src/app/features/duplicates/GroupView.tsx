import type { Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { GroupPhotoCard } from './GroupPhotoCard.tsx';
import type { DuplicateGroup } from './use-duplicate-groups.ts';
import { type GroupCommands, groupKeys } from './use-group-keys.ts';

/** The photos of one group side by side, and what can be decided about them. */
export function GroupView({
  ref,
  group,
  title,
  active,
  onActive,
  canDecide,
  commands,
  onStep,
}: {
  readonly ref: Ref<HTMLElement>;
  readonly group: DuplicateGroup;
  readonly title: string;
  readonly active: number;
  readonly onActive: (index: number) => void;
  readonly canDecide: boolean;
  readonly commands: GroupCommands;
  readonly onStep: (by: 1 | -1) => void;
}) {
  const { t } = useTranslation();
  const open = group.photos.filter(({ state }) => state !== 'removed').length;
  return (
    <section className="group-view" ref={ref} tabIndex={-1} aria-label={title}>
      <div className="group-view__bar">
        <IconButton
          icon="chevron-left"
          label={t('duplicates.previous')}
          shortcut="↑"
          onPress={() => onStep(-1)}
        />
        <h2 className="group-view__title numeric">{title}</h2>
        <IconButton
          icon="chevron-right"
          label={t('duplicates.next')}
          shortcut="↓"
          onPress={() => onStep(1)}
        />
        {canDecide && (
          <div className="group-view__choices">
            <Button isDisabled={open < 2} aria-keyshortcuts={groupKeys.keepAll} onPress={commands.keepAll}>
              {t(open > 2 ? 'duplicates.keepAll' : 'duplicates.keepBoth')}
            </Button>
            <Button
              isDisabled={open < 2}
              aria-keyshortcuts={groupKeys.notRelated}
              onPress={commands.notRelated}
            >
              {t('duplicates.notRelated')}
            </Button>
          </div>
        )}
      </div>
      <div className="group-view__photos">
        {group.photos.map((photo, index) => (
          <GroupPhotoCard
            key={photo.id}
            photo={photo}
            isActive={index === active}
            canDecide={canDecide && open > 1 && photo.state !== 'removed'}
            onActive={() => onActive(index)}
            onKeep={() => commands.keep(index)}
            onRemove={() => commands.remove(index)}
          />
        ))}
      </div>
      {canDecide && <p className="group-view__keys">{t('duplicates.keys')}</p>}
    </section>
  );
}
