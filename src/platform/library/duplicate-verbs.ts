import * as Comlink from 'comlink';
import type { PhotoId } from '../../core/library/photo.ts';
import type { DuplicatesApi } from '../../protocol/duplicates.ts';
import { decisionFile, readDecisionFile } from './decision-files.ts';
import type { LibrarySession } from './library-session.ts';
import { removalFile } from './removal-files.ts';

export function duplicateVerbs(session: () => LibrarySession): DuplicatesApi {
  const library = () => session().library;
  const duplicates = () => library().duplicates;
  return {
    async duplicates(query) {
      const view = await duplicates().view(query);
      return Comlink.transfer(view, [view.starts.buffer, view.photos.buffer, view.states.buffer]);
    },

    splitOff(query, group) {
      return duplicates().splitOff(query, group);
    },

    comparePhotos(photos) {
      return library().reading.comparePhotos(photos);
    },

    async foldersOfPhotos(photos) {
      const { folders, files } = await duplicates().foldersOf([...photos] as PhotoId[]);
      return { folders: folders as unknown as readonly FileSystemHandle[], files };
    },

    clearDuplicateFiles(run) {
      return duplicates().clearFiles(run);
    },

    async stopDuplicateFiles() {
      duplicates().journal.stopFiles();
    },

    async settleDuplicateFiles() {
      return (await duplicates().settleFiles()) as readonly FileSystemHandle[];
    },

    leaveDuplicates() {
      return duplicates().leave();
    },

    async exportDuplicates(request, kind) {
      return removalFile(kind, await duplicates().listed(request));
    },

    duplicateDecisions() {
      return duplicates().decisions();
    },

    addDuplicateDecisions(decisions) {
      return duplicates().addDecisions(decisions);
    },

    forgetDuplicateDecisions(numbers) {
      return duplicates().forget(numbers);
    },

    reopenDuplicates(photos) {
      return duplicates().reopen(photos);
    },

    async exportDuplicateDecisions() {
      return decisionFile(await duplicates().decisions());
    },

    async importDuplicateDecisions(file) {
      const decisions = await readDecisionFile(file);
      return decisions === null ? -1 : duplicates().importDecisions(decisions);
    },

    duplicateScope() {
      return duplicates().scope.get();
    },

    keepDuplicateScope(scope) {
      return duplicates().scope.set(scope);
    },

    pauseDuplicates() {
      return duplicates().search.pause();
    },

    resumeDuplicates() {
      return duplicates().search.resume();
    },

    decideDuplicates(choice) {
      return duplicates().decide(choice);
    },

    duplicateRuns() {
      return duplicates().applied();
    },

    undoDuplicates(run) {
      return duplicates().undo(run);
    },

    async foldersOfUndo(run) {
      return (await duplicates().foldersToWrite(run)) as readonly FileSystemHandle[];
    },

    planDuplicates(request) {
      return duplicates().plan(request);
    },

    applyDuplicates(request, fingerprint, files) {
      return duplicates().apply(request, fingerprint, files);
    },
  };
}
