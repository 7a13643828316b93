import { type ReactNode, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PhotoId } from '../../../core/library/photo.ts';
import { navigate, useFragment } from '../../engine/fragment.ts';
import { useCell, useEnginePart, useLabels, useLibrary, useThumbnail } from '../../engine/hooks.ts';
import { labelCalled, searchLabels } from '../../engine/label-search.ts';
import { type LikeItem, sameItem, withItem } from '../../engine/like-items.ts';
import { useAnswered } from '../../engine/use-answer.ts';
import { useFormat } from '../../i18n/format.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Slider } from '../../ui/Slider.tsx';
import { SuggestField } from '../../ui/SuggestField.tsx';
import './tray.css';

/** So many tags are offered. */
const offered = 6;
const none: ReadonlySet<string> = new Set();

/**
 * More like these, less like those: photos and tags with their weights, which move the results at once. Nothing while it
 * is empty.
 */
export default function Tray({
  idle = none,
}: {
  /** Tags (text ids) that no photo carries, so that they count for nothing. */
  readonly idle?: ReadonlySet<string>;
}) {
  const { t } = useTranslation();
  const { like, similar } = useFragment();
  const gone = useGone(like);
  if (like.length === 0) return null;
  const clear = () => navigate({ like: [], ...(similar === 'tray' ? { similar: null } : {}) });
  return (
    <section className="tray" aria-label={t('ask.tray')}>
      <ul className="tray__items" aria-label={t('ask.trayItems')}>
        {like.map((item) =>
          item.kind === 'photo' ? (
            <PhotoItem key={item.id} item={item} isGone={gone.has(item.id)} />
          ) : (
            <TagItem key={`tag ${item.id}`} item={item} isIdle={idle.has(item.id)} />
          ),
        )}
      </ul>
      <AddTag />
      {similar === null && like.some(({ weight }) => weight !== 0) && (
        <Button variant="primary" size="small" onPress={() => navigate({ similar: 'tray' })}>
          {t('ask.find')}
        </Button>
      )}
      <Button variant="quiet" size="small" onPress={clear}>
        {t('ask.emptyTray')}
      </Button>
    </section>
  );
}

/** Photos of the tray that are not in the library: a link or a saved search may name such. */
function useGone(like: readonly LikeItem[]): ReadonlySet<PhotoId> {
  const library = useLibrary();
  const revision = useEnginePart(({ status }) => status.contentRevision);
  const ids = useMemo(() => like.flatMap((item) => (item.kind === 'photo' ? item.id : [])), [like]);
  const question = useMemo(() => ({ ids, revision }), [ids, revision]);
  const found = useAnswered(ids.length > 0 ? () => library.cells(Uint32Array.from(ids)) : null, question);
  return useMemo(() => new Set(found?.question.ids.filter((_, n) => found.answer[n] === null)), [found]);
}

function PhotoItem({
  item,
  isGone,
}: {
  readonly item: LikeItem & { readonly kind: 'photo' };
  readonly isGone: boolean;
}) {
  const cell = useCell(item.id);
  const url = useThumbnail(item.id);
  const { t } = useTranslation();
  const name = cell?.name ?? t('ask.photo');
  return (
    <Item item={item} name={name} note={isGone ? t('ask.gone') : null}>
      <button
        type="button"
        className="tray__photo"
        aria-label={t('ask.goOnWith', { name })}
        disabled={isGone}
        onClick={() => navigate({ similar: item.id })}
      >
        {url === null ? <Icon name="photo" /> : <img className="tray__picture" src={url} alt="" />}
      </button>
    </Item>
  );
}

function TagItem({
  item,
  isIdle,
}: {
  readonly item: LikeItem & { readonly kind: 'tag' };
  readonly isIdle: boolean;
}) {
  const { t } = useTranslation();
  const labels = useLabels();
  const label = labels.byId(item.id);
  const name = label === undefined ? item.id : labels.name(label);
  return (
    <Item item={item} name={name} note={isIdle ? t('ask.noPhotoHasIt') : null}>
      <Icon name="tag" size={16} />
      <span className="tray__tag">{name}</span>
    </Item>
  );
}

function Item({
  item,
  name,
  note,
  children,
}: {
  readonly item: LikeItem;
  readonly name: string;
  /** Why it counts for nothing, in place of how much. */
  readonly note: string | null;
  readonly children: ReactNode;
}) {
  const { t } = useTranslation();
  const { like, similar } = useFragment();
  const format = useFormat();
  const words = (weight: number) =>
    weight === 0
      ? t('ask.notCounted')
      : t(weight > 0 ? 'ask.more' : 'ask.less', { share: format.percent(Math.abs(weight)) });
  const remove = () => {
    const left = like.filter((other) => !sameItem(other, item));
    navigate({ like: left, ...(left.length === 0 && similar === 'tray' ? { similar: null } : {}) });
  };
  const tone = item.weight > 0 ? 'more' : item.weight < 0 ? 'less' : 'none';
  return (
    <li className={`tray__item tray__item--${tone}`} title={name}>
      <span className="tray__subject">{children}</span>
      <span className="tray__weight">
        <Slider
          label={t('ask.weightOf', { name })}
          min={-1}
          max={1}
          step={0.25}
          value={item.weight}
          onChange={(weight) => navigate({ like: withItem(like, { ...item, weight }) }, 'replace')}
          format={words}
        />
        <span className="tray__words" aria-hidden={note === null}>
          {note ?? words(item.weight)}
        </span>
      </span>
      <IconButton icon="close" size="small" label={t('ask.takeOut', { name })} onPress={remove} />
    </li>
  );
}

function AddTag() {
  const { t } = useTranslation();
  const { like } = useFragment();
  const labels = useLabels();
  const [text, setText] = useState('');
  const found = text.trim() === '' ? [] : searchLabels(labels.all, text, offered);
  const add = (id: string | undefined) => {
    if (id === undefined) return;
    setText('');
    navigate({ like: withItem(like, { kind: 'tag', id, weight: 1 }) });
  };
  return (
    <div className="tray__add">
      <SuggestField
        role="combobox"
        label={t('ask.addTag')}
        placeholder={t('ask.addTag')}
        value={text}
        onChange={setText}
        suggestions={found.map((label) => ({ key: label.id, text: labels.name(label), icon: 'tag' }))}
        marked={found[0]?.id ?? null}
        onChoose={add}
        onSubmit={(typed) => add(labelCalled(labels.all, typed)?.id)}
      />
    </div>
  );
}
