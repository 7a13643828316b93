import { forgetStuckPhotos, type StuckPhotos } from '../../engine/removal.ts';
import { useGridCommands } from './commands.ts';
import { PurgeDialog } from './PurgeDialog.tsx';

/** Offers to delete for good what could not be removed, on whichever screen that was. */
export default function StuckPhotosDialog({ ids, gone }: StuckPhotos) {
  const commands = useGridCommands();
  const purge = async () => {
    await commands.purge(ids);
    gone();
  };
  return <PurgeDialog count={ids.length} noRoom onPurge={() => void purge()} onClose={forgetStuckPhotos} />;
}
