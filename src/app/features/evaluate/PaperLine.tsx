import { useFragment } from '../../engine/fragment.ts';
import { useFormat } from '../../i18n/format.ts';
import { useScopeNames } from './use-scope.ts';

/** On paper: what was judged, on which photos, when. */
export function PaperLine({ set }: { readonly set: string }) {
  const format = useFormat();
  const { scope } = useFragment();
  const scopes = useScopeNames();
  return <p className="paper-only">{[set, scopes[scope], format.date(Date.now())].join(' · ')}</p>;
}
