/** What `data/README.txt` tells about this export. */
export interface ReadmeFacts {
  readonly origin: string;
  /** When it was made: RFC 3339, UTC. */
  readonly madeAt: string;
  /** What was asked for, in words: `case 0192…`, `everything of November 2026`; no personal data. */
  readonly asked: string;
  readonly size: number;
  readonly records: number;
}

/** `data/README.txt`: what this is, what was asked for, and three ways of checking it. The commands are run by a test. */
export function readmeText({ origin, madeAt, asked, size, records }: ReadmeFacts): string {
  return `RECORDS OF A TRUST AND SAFETY LOG

Log         ${origin}
Made        ${madeAt}
Asked for   ${asked.replaceAll(/\s+/g, ' ')}
Holds       ${records} of the ${size} records under the signed checkpoint

Every record was sealed in an append-only log when it happened. This package proves, without trusting whoever gave it to you, that
each record in it stands in that log, unchanged, at its place. Confidential texts are not in the records; where one is disclosed, it
stands in openings.jsonl, and the record proves that it is the text of then.

FILES
checkpoint        what the log says of itself, signed: name, number of records, root hash (C2SP tlog-checkpoint, signed note)
log.vkey          the log's public key; compare it with one that you got by another way
old-log.vkey      the key of an older checkpoint, where the key was changed since (not always there)
records.jsonl     the records, one a line, JSON in canonical form (RFC 8785), in the order of the log
proofs.jsonl      for the same line of records.jsonl, its place and its inclusion proof (RFC 9162)
openings.jsonl    disclosed confidential fields: salt and value (not always there)
consistency.json  proof that the log continues the one of an older checkpoint (not always there)
media/HASH        disclosed pictures and other files, named by their SHA-256 (not always there)

CHECK IT WITH THE PROGRAM
In the folder above this one, with Node.js 20.15 or newer (https://nodejs.org), or on the zip file itself:

  node perisai-verify.mjs . --vkey KEY-FROM-ELSEWHERE

It ends with 0 when all holds, else it names the first file and line that does not, and why. It is one readable file without
dependencies. If you do not trust the copy in this package, take one from elsewhere.

CHECK IT WITH OPENSSL
The files are whole (in the folder above):

  sha256sum -c manifest-sha256.txt tagmanifest-sha256.txt

The checkpoint is signed with log.vkey (in this folder; while a key is being changed there are two signatures: then try 2p for 1p):

  sed '/^$/,$d' checkpoint > text
  sed -n 's|^— ${origin} ||p' checkpoint | sed -n 1p | base64 -d | tail -c 64 > signature
  (printf '\\060\\052\\060\\005\\006\\003\\053\\145\\160\\003\\041\\000'; cut -d+ -f3- log.vkey | base64 -d | tail -c 32) > key.der
  openssl pkeyutl -verify -pubin -keyform DER -inkey key.der -rawin -in text -sigfile signature

CHECK IT BY HAND
Leaf hash = SHA-256 of a zero byte and the record's line without its line end. For the first record:

  (printf '\\000'; sed -n 1p records.jsonl | tr -d '\\n') | openssl dgst -sha256

From it and the "hashes" of the same line of proofs.jsonl the root hash follows: go up the tree from the leaf; where the node is a
right child, hash (byte 1, sibling, node), else (byte 1, node, sibling); a node without sibling goes up as it is. The result, in
base64, is the third line of checkpoint. RFC 9162, section 2.1.3.2, says it exactly.
An opening holds if the base64 SHA-256 of a byte 2, the 32 bytes of the salt and the value in canonical JSON is the "commitment" that
the record has at "field".
`;
}
