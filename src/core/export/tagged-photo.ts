/** A photo's tags and decisions, as they leave the library. */
export interface TaggedPhoto {
  readonly name: string;
  /** From the folder that was added, its own name included; null for single files. */
  readonly path: string | null;
  /** Wall clock, milliseconds since 1970 as if it were UTC; null if neither camera nor file told it. */
  readonly capturedAt: number | null;
  /** Best known names first: what the person decided before what the model says. */
  readonly tags: readonly ExportedTag[];
}

export interface ExportedTag {
  /** Stable text id of the label. */
  readonly id: string;
  readonly name: string;
  /** `accepted` and `rejected` are the person's decisions, `model` is the model's opinion, `file` a keyword. */
  /** Name of the label set that the label is of; null: none. */
  readonly set: string | null;
  readonly said: 'accepted' | 'rejected' | 'model' | 'file';
}

/** The tags that a photo carries: those that the person took away are not among them. */
export function carriedTags({ tags }: TaggedPhoto): readonly ExportedTag[] {
  return tags.filter(({ said }) => said !== 'rejected');
}

/** `YYYY-MM-DDTHH:MM:SS` without a zone, as cameras know none; empty if not known. */
export function wallClockText({ capturedAt }: TaggedPhoto): string {
  return capturedAt === null ? '' : new Date(capturedAt).toISOString().slice(0, 19);
}
