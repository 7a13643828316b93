import * as Comlink from 'comlink';
import { mostHeadBytes } from '../../core/library/head-import.ts';
import type { VersionsApi } from '../../protocol/figures.ts';
import type { LabelSetsApi } from '../../protocol/label-sets.ts';
import { headFile, labelBlob, labelSource } from './label-files.ts';
import type { LibrarySession } from './library-session.ts';

export function labelVerbs(session: () => LibrarySession): LabelSetsApi & VersionsApi {
  const labelling = () => session().library.labelling;
  return {
    async labelSets() {
      return labelling().labelSets.all;
    },

    makeLabelSet(draft) {
      return labelling().labelSets.make(draft);
    },

    editLabelSet(set, edit) {
      return labelling().labelSets.edit(set, edit);
    },

    addSetLabels(set, drafts) {
      return labelling().labelSets.addLabels(set, drafts);
    },

    deleteSetLabel(set, label) {
      return labelling().labelSets.deleteLabel(set, label);
    },

    mergeSetLabels(set, from, into) {
      return labelling().labelSets.mergeLabels(set, from, into);
    },

    splitSetLabel(set, label, ids, draft) {
      return labelling().labelSets.splitLabel(set, label, ids, draft);
    },

    deleteLabelSet(set) {
      return labelling().labelSets.delete(set);
    },

    statePhotos(set, ids, statement) {
      return labelling().labelSets.state(set, new Map(Array.from(ids, (id) => [id, statement])));
    },

    clearPhotos(set, ids) {
      return labelling().labelSets.clear(set, ids);
    },

    async verdictCounts(set, ids) {
      return labelling().verdictCounts(set, ids);
    },

    fullyLabelSaid(set) {
      return labelling().fullyLabelSaid(set);
    },

    splitPhotos(set, choices) {
      return labelling().splitPhotos(set, choices);
    },

    teachSet(set, choices) {
      return labelling().taughtSets.teach(set, choices);
    },

    async cancelTeaching() {
      labelling().taughtSets.cancel();
    },

    async scoreBySet(set) {
      labelling().taughtSets.goOn(set);
    },

    setThresholds(set, thresholds) {
      return labelling().taughtSets.setThresholds(set, thresholds);
    },

    async taughtSets() {
      return labelling().taughtSets.summaries();
    },

    async previewLabels(files, target) {
      const source = await labelSource(files);
      return 'ok' in source ? source : labelling().labelExchange.preview(source, target);
    },

    async importLabels(files, target) {
      const source = await labelSource(files);
      return 'ok' in source ? source : labelling().labelExchange.import(source, target);
    },

    async exportLabels(set, kind) {
      const file = labelling().labelExchange.exported(set);
      return file && labelBlob(file, kind);
    },

    async exportHead(set, kind) {
      const head = labelling().labelExchange.exportHead(set, kind);
      return head === null ? null : new Blob([head]);
    },

    async importHead(file) {
      if (file.size > mostHeadBytes) return { ok: false, problem: { code: 'too-large' } };
      const read = await headFile(file);
      if (read === null) return { ok: false, problem: { code: 'unreadable', found: file.name } };
      return labelling().labelExchange.importHead(read, file.name.replace(/(\.head)?\.\w+$/, ''));
    },

    labelReadings(photo) {
      return labelling().taughtSets.heads.readings(photo);
    },

    labelQueue(set, order, count) {
      return labelling().labelQueue(set, order, count);
    },

    keptVersions(set) {
      return labelling().versions.all(set);
    },

    keepVersion(set, name, moved) {
      return labelling().versions.keep(set, name, moved);
    },

    deleteVersion(number) {
      return labelling().versions.delete(number);
    },

    restoreVersion(number) {
      return labelling().versions.restore(number);
    },

    async labelDictionary(set) {
      return labelling().labelDictionary(set);
    },

    async labelMatrix(set) {
      const matrix = await labelling().labelMatrix(set);
      if (matrix === null) return null;
      const { photos, truth, scores, heldOut, sides, thresholds, far } = matrix;
      const buffers = [photos, truth, scores, heldOut, sides, thresholds, far].map(({ buffer }) => buffer);
      return Comlink.transfer(matrix, buffers);
    },
  };
}
