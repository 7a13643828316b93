import { carriedTags, type TaggedPhoto } from './tagged-photo.ts';

/**
 * An XMP sidecar with the photo's tags as `dc:subject` and `lr:hierarchicalSubject` (Adobe XMP specification, parts 1 and
 * 2): what digiKam, darktable and Lightroom read. Tags that the person took away are left out.
 */
export function xmpSidecar(photo: TaggedPhoto): string {
  const carried = carriedTags(photo);
  const names = [...new Set(carried.map(({ name }) => name))];
  // `|` separates the levels of a hierarchy: a label of a set lies below its set.
  const level = (name: string) => name.replaceAll('|', '/');
  const levels = carried.map(({ set, name }) =>
    set === null ? level(name) : `${level(set)}|${level(name)}`,
  );
  return `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="Picsift">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
    xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:lr="http://ns.adobe.com/lightroom/1.0/">
${bag('dc:subject', names)}${bag('lr:hierarchicalSubject', levels)}  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>
`;
}

function bag(property: string, texts: readonly string[]): string {
  const items = texts.map((text) => `     <rdf:li>${xmlText(text)}</rdf:li>\n`).join('');
  return `   <${property}>\n    <rdf:Bag>\n${items}    </rdf:Bag>\n   </${property}>\n`;
}

/** Characters that XML cannot hold at all are left out. */
function xmlText(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

/** Where the sidecars of photos go: beside the photo, named after all of its name; two of one name do not collide. */
export function* sidecarPaths(photos: Iterable<TaggedPhoto>): Generator<string> {
  const taken = new Set<string>();
  for (const { path, name } of photos) {
    // A path never leads out of the folder that the archive is unpacked into.
    const parts = (path ?? name).split(/[/\\]/).filter((part) => !/^\.{0,2}$/.test(part));
    const stem = parts.join('/') || 'photo';
    let target = `${stem}.xmp`;
    for (let i = 2; taken.has(target.toLowerCase()); i++) target = `${stem} (${i}).xmp`;
    taken.add(target.toLowerCase());
    yield target;
  }
}
