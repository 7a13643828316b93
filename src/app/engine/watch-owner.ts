import { libraryLockName, type OwnerMessage, ownerChannelName } from '../../protocol/owner.ts';

const askMilliseconds = 2000;
/** A busy owner answers late; one that misses three questions is frozen, or hangs. */
const mostMissed = 3;

/**
 * Watches the tab that owns the library, from one that waits.
 *
 * @param silent told when the owner has stopped answering, and when it answers again
 * @param gone called once when it has let the library go: it was closed, or it crashed
 * @returns ends the watch
 */
export function watchOwner(silent: (isSilent: boolean) => void, gone: () => void): () => void {
  const end = new AbortController();
  if ('locks' in navigator) {
    // Granted when nobody has it any more. The library's own worker takes it then, not the page.
    navigator.locks
      .request(libraryLockName, { signal: end.signal }, () => {})
      .then(
        () => {
          if (!end.signal.aborted) gone();
        },
        () => {}, // the watch ended
      );
  }
  const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(ownerChannelName);
  let missed = 0;
  const ask = () => {
    if (missed === mostMissed) silent(true);
    missed++;
    channel?.postMessage('are-you-there' satisfies OwnerMessage);
  };
  const timer = channel === null ? undefined : setInterval(ask, askMilliseconds);
  if (channel !== null) {
    channel.onmessage = ({ data }: MessageEvent<OwnerMessage>) => {
      if (data !== 'here') return;
      if (missed > mostMissed) silent(false);
      missed = 0;
    };
    ask();
  }
  return () => {
    end.abort();
    clearInterval(timer);
    channel?.close();
  };
}
