import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MovedThresholds } from '../../../core/evaluation/run.ts';
import type { KeptVersion } from '../../../protocol/figures.ts';
import { useFormat } from '../../i18n/format.ts';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { showToast } from '../../ui/toasts.ts';
import { useUndoOffer } from '../../ui/use-undo-offer.ts';
import type { Versions } from './use-versions.ts';

/** Keeps the present answers as a version under a name; lists the versions, each of which can be deleted. */
export function KeepVersion({
  versions,
  moved,
}: {
  readonly versions: Versions;
  readonly moved: MovedThresholds;
}) {
  const { t } = useTranslation();
  const offerUndo = useUndoOffer();
  const format = useFormat();
  const [name, setName] = useState('');
  const keep = async () => {
    const kept = await versions.keep(name, moved);
    if (typeof kept === 'string') {
      showToast({ text: t(`evaluate.keepProblem.${kept}`) });
      return;
    }
    setName('');
    showToast({ text: t('evaluate.versionKept', { name: kept.name }) });
  };
  const remove = async ({ number, name: removed }: KeptVersion) => {
    await versions.remove(number);
    offerUndo(t('evaluate.versionDeleted', { name: removed }), () => versions.restore(number));
  };
  return (
    <div className="versions">
      <form
        className="evaluate__controls"
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== '') void keep();
        }}
      >
        <TextField label={t('evaluate.versionName')} value={name} onChange={setName} />
        <Button type="submit" icon="plus" isDisabled={name.trim() === ''}>
          {t('evaluate.keepVersion')}
        </Button>
      </form>
      {versions.all !== null && versions.all.length > 0 && (
        <ul className="versions__list" aria-label={t('evaluate.versions')}>
          {versions.all.map((version) => (
            <li key={version.number} className="versions__item">
              <span>
                <bdi className="foreign-text">{version.name}</bdi>{' '}
                <span className="evaluate__hint">
                  {t('evaluate.versionOf', {
                    date: format.dateTime(version.at),
                    source: sourceText(t, version.source),
                    count: version.photos,
                  })}
                </span>
              </span>
              <IconButton
                icon="trash"
                size="small"
                label={t('evaluate.deleteVersion', { name: version.name })}
                onPress={() => void remove(version)}
              />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** `starter@1 #2`, as it is stored -> in words; anything else as it is. */
function sourceText(t: TFunction, source: string): string {
  const [, model, version = '', teaching] = /^(.+)@(\S+?)(?: #(\d+))?$/.exec(source) ?? [];
  if (model === undefined) return source;
  const words = t('evaluate.versionModel', { model, version });
  return teaching === undefined ? words : t('evaluate.versionTeaching', { model: words, teaching });
}
