import { leave } from '../../engine/fragment.ts';
import { CatalogueDialog } from './CatalogueDialog.tsx';
import './match.css';

/** The catalogue on its own, without a search. */
export default function Catalogue() {
  return <CatalogueDialog isOpen onClose={() => leave({ panel: null })} onChanged={() => {}} />;
}
