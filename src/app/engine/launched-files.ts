interface LaunchQueue {
  setConsumer(consumer: (launch: { readonly files?: readonly FileSystemHandle[] }) => void): void;
}

/** Calls back for files that the person opens with the installed app from the system, also those it was started with. */
export function onLaunched(opened: (handles: readonly FileSystemHandle[]) => void): void {
  const queue = (window as { launchQueue?: LaunchQueue }).launchQueue;
  queue?.setConsumer(({ files }) => {
    if (files !== undefined && files.length > 0) opened(files);
  });
}
