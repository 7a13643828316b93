import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PhotoQuery } from '../../../core/library/photo-query.ts';
import { leave, navigate, useFragment } from '../../engine/fragment.ts';
import { usePhoto, useQuery } from '../../engine/hooks.ts';
import { setSequence } from '../../engine/sequence.ts';
import { useSimilarFile } from '../../engine/similar-file.ts';
import { useFailureText } from '../../i18n/failure-text.ts';
import { formatScore, useFormat } from '../../i18n/format.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { HitList } from './HitList.tsx';
import { SimilarHeader } from './SimilarHeader.tsx';
import { type SimilarAnswer, useSimilar } from './use-similar.ts';
import './similar.css';

/** So many of the closest are shown when nothing is similar enough. */
const closestCount = 6;

/** The photos that are most like one photo, best first, down to the cut-off. In the grid's place. */
export default function SimilarView() {
  const { similar, photo: openPhoto } = useFragment();
  const { t } = useTranslation();
  const file = useSimilarFile();
  const filter = useQuery();
  const photo = usePhoto(typeof similar === 'number' ? similar : null);
  const target = similar === 'file' ? file : similar;
  const answer = useSimilar(target, filter);
  useEscape(openPhoto === null);

  if (similar === null) return null;
  return (
    <section className="similar" aria-labelledby="similar-title">
      <SimilarHeader key={String(similar)} similar={similar} file={file} name={photo?.name ?? null} />
      {similar === 'file' && file === null ? (
        <EmptyState icon="photo" title={t('similar.fileGone')} />
      ) : answer === null ? (
        <p className="similar__wait" role="status">
          {photo !== null && photo.status !== 'ready' ? t('similar.notReady') : t('similar.searching')}
        </p>
      ) : (
        <Answer answer={answer} filtered={isFiltered(filter)} />
      )}
    </section>
  );
}

function isFiltered(query: PhotoQuery): boolean {
  const { text, folder, allOf, anyOf, noneOf, from, to } = query;
  return (
    text + folder !== '' || allOf.length + anyOf.length + noneOf.length > 0 || from !== null || to !== null
  );
}

function Answer({ answer, filtered }: { readonly answer: SimilarAnswer; readonly filtered: boolean }) {
  const { t } = useTranslation();
  const failureText = useFailureText();
  const format = useFormat();
  const [beyondShown, setBeyondShown] = useState(false);
  const hits = answer.kind === 'hits' ? answer.hits : null;
  const cutOff = answer.kind === 'hits' ? answer.cutOff : 0;
  const [near, beyond] = useMemo(
    () => [
      (hits ?? []).filter((hit) => hit.score >= cutOff),
      (hits ?? []).filter((hit) => hit.score < cutOff),
    ],
    [hits, cutOff],
  );

  const closest = useMemo(() => beyond.slice(0, closestCount), [beyond]);
  const shown = useMemo(
    () => (near.length === 0 ? closest : beyondShown ? [...near, ...beyond] : near),
    [near, beyond, closest, beyondShown],
  );

  useEffect(() => {
    setSequence(Uint32Array.from(shown, (hit) => hit.id));
    return () => setSequence(null);
  }, [shown]);

  if (answer.kind === 'failed')
    return <EmptyState icon="warning" title={t('similar.failed')} text={failureText(answer.failure)} />;
  const clear = () =>
    navigate({ text: '', folder: '', allOf: [], anyOf: [], noneOf: [], from: null, to: null });
  const none = near.length === 0;
  return (
    <div className="similar__answer">
      <p className="similar__facts" role="status">
        {none ? (
          <strong>
            {t(filtered ? 'similar.nothingFiltered' : 'similar.nothing')}{' '}
            {closest.length > 0 && t('similar.closest')}
          </strong>
        ) : (
          <strong>{t('similar.found', { count: near.length })}</strong>
        )}{' '}
        {filtered && (
          <>
            {t('similar.filtered')}{' '}
            <Button variant="quiet" size="small" onPress={clear}>
              {t('similar.clearFilters')}
            </Button>
          </>
        )}
      </p>
      {none ? (
        closest.length > 0 && <HitList hits={closest} label={t('similar.list')} dimmed />
      ) : (
        <>
          <HitList hits={near} label={t('similar.list')} />
          <div className="similar__end">
            <p className="similar__end-title">{t('similar.nothingElse')}</p>
            {beyond.length > 0 && (
              <Button
                variant="quiet"
                aria-expanded={beyondShown}
                onPress={() => setBeyondShown(!beyondShown)}
              >
                {t(beyondShown ? 'similar.hideBeyond' : 'similar.showBeyond')}
              </Button>
            )}
          </div>
          {beyondShown && beyond.length > 0 && (
            <HitList hits={beyond} label={t('similar.beyond', { score: formatScore(cutOff) })} dimmed />
          )}
        </>
      )}
      <p className="similar__print numeric">
        {t('similar.searched', {
          count: answer.searched,
          milliseconds: format.number(answer.milliseconds, answer.milliseconds < 10 ? 1 : 0),
        })}
      </p>
    </div>
  );
}

/** Escape goes back to all photos, unless something on top of the view or a field wants the key. */
function useEscape(active: boolean): void {
  const latest = useRef(active);
  latest.current = active;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented || !latest.current) return;
      const target = event.target instanceof Element ? event.target : null;
      if (target?.closest('input[type="search"], input[type="text"], [role="dialog"], [role="menu"]')) return;
      event.preventDefault();
      leave({ similar: null });
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}
