import { appendFile } from 'node:fs/promises';

/** Identifies XMP in an MP4 box of the type `uuid` (XMP specification, part 3). */
const xmpUuid = Buffer.from('be7acfcb97a942e89c71999491e3afac', 'hex');

/** Drawn pages with a machine's voice: a composite with synthetic elements, in IPTC's vocabulary of digital sources. */
export const digitalSourceType = 'http://cv.iptc.org/newscodes/digitalsourcetype/compositeSynthetic';

const packet = `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"><Iptc4xmpExt:DigitalSourceType>${digitalSourceType}</Iptc4xmpExt:DigitalSourceType></rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>`;

/**
 * Adds a machine-readable mark to a finished MP4 that a machine made parts of it. It is a box at the end, which players skip; the
 * offsets of sound and picture stay valid.
 */
export async function markSynthetic(file: string): Promise<void> {
  const content = Buffer.concat([Buffer.from('uuid'), xmpUuid, Buffer.from(packet)]);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(size.length + content.length);
  await appendFile(file, Buffer.concat([size, content]));
}
