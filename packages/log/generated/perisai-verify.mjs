#!/usr/bin/env node
/*!
 * perisai-verify: checks a records export of Perisai. Apache-2.0. Made from packages/log/src by
 * scripts/bundle-verifier.ts; its format is packages/log/README.md. Needs Node.js 20.15 or newer and nothing else.
 * It holds two libraries, under these licences:
 *
 * yauzl:
 * The MIT License (MIT)
 *
 * Copyright (c) 2014 Josh Wolfe
 *
 * Permission is hereby granted, free of charge, to any person obtaining a copy
 * of this software and associated documentation files (the "Software"), to deal
 * in the Software without restriction, including without limitation the rights
 * to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
 * copies of the Software, and to permit persons to whom the Software is
 * furnished to do so, subject to the following conditions:
 *
 * The above copyright notice and this permission notice shall be included in all
 * copies or substantial portions of the Software.
 *
 * THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
 * IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
 * FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
 * AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
 * LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
 * OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
 * SOFTWARE.
 *
 * pend:
 * The MIT License (Expat)
 *
 * Copyright (c) 2014 Andrew Kelley
 *
 * Permission is hereby granted, free of charge, to any person
 * obtaining a copy of this software and associated documentation files
 * (the "Software"), to deal in the Software without restriction,
 * including without limitation the rights to use, copy, modify, merge,
 * publish, distribute, sublicense, and/or sell copies of the Software,
 * and to permit persons to whom the Software is furnished to do so,
 * subject to the following conditions:
 *
 * The above copyright notice and this permission notice shall be
 * included in all copies or substantial portions of the Software.
 *
 * THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND,
 * EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF
 * MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND
 * NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS
 * BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN
 * ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN
 * CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
 * SOFTWARE.
 *
 */
import { createRequire } from "node:module";
import { open, readFile, readdir, stat } from "node:fs/promises";
import { parseArgs } from "node:util";
import { createHash, createPublicKey, hash, verify } from "node:crypto";
import { createReadStream } from "node:fs";
import { basename, join, relative, sep } from "node:path";
import { crc32 } from "node:zlib";
// \0rolldown/runtime.js
var __commonJSMin = (cb, mod) => () => (mod || (cb((mod = { exports: {} }).exports, mod, mod.exports), cb = null), mod.exports);
var __require = (() => createRequire(import.meta.url))();
// packages/log/src/export/failure.ts
/** An export departs from its format: in which file (path within the bag), on which line (from 1; null where it is the whole file), and why. */
var ExportError = class extends Error {
	name = "ExportError";
	code;
	file;
	line;
	reason;
	constructor(code, file, line, reason) {
		super(`${file}${line === null ? "" : ` line ${line}`}: ${reason}`);
		this.code = code;
		this.file = file;
		this.line = line;
		this.reason = reason;
	}
};
/** Runs `act` and blames what it throws on this place. */
function blame(code, file, line, act) {
	try {
		return act();
	} catch (error) {
		if (error instanceof ExportError || !(error instanceof Error)) throw error;
		throw new ExportError(code, file, line, error.message);
	}
}
// packages/log/src/base64.ts
/** Standard padded base64 (RFC 4648 §4) of the bytes. */
function encodeBase64(bytes) {
	return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
}
/**
* The bytes behind a padded base64 text, or `null` where the text is not the one form those bytes have: wrong alphabet, missing padding,
* pad bits that are not zero, or (where `length` is given) another number of bytes.
*/
function decodeBase64(text, length) {
	const bytes = Buffer.from(text, "base64");
	if (bytes.toString("base64") !== text) return null;
	return length !== void 0 && bytes.length !== length ? null : bytes;
}
// packages/log/src/jcs.ts
/** Thrown by `canonicalize` and `parseCanonical`. */
var CanonicalError = class extends Error {
	name = "CanonicalError";
	code;
	constructor(code, message) {
		super(message);
		this.code = code;
	}
};
const maxDepth = 500;
/**
* The RFC 8785 (JCS) text of a value: no white space, keys sorted by UTF-16 code units.
* Narrower than the RFC in numbers (integers within ±(2^53−1) only) and strict in what it takes: `undefined`, dates, maps and class
* instances are refused rather than dropped.
* @throws {CanonicalError} `not-a-value`, `number`, `surrogate` or `too-deep`.
*/
function canonicalize(value) {
	return write(value, 0);
}
/**
* Reads a text that must be its own canonical form, byte for byte: duplicate or unsorted keys, floats, unsafe integers, white space,
* needless escapes and a byte order mark are all refused.
* @param line the text without its line end, or its UTF-8 bytes.
* @throws {CanonicalError}
*/
function parseCanonical(line) {
	const text = typeof line === "string" ? line : decodeUtf8(line);
	if (text.startsWith("﻿")) throw new CanonicalError("not-canonical", "begins with a byte order mark");
	let value;
	try {
		value = JSON.parse(text);
	} catch (error) {
		throw new CanonicalError("not-json", `is not JSON: ${error instanceof Error ? error.message : String(error)}`);
	}
	const canonical = canonicalize(value);
	if (canonical !== text) throw new CanonicalError("not-canonical", `is not in canonical form from character ${firstDifference(canonical, text)} on`);
	return value;
}
const utf8$1 = new TextDecoder("utf-8", {
	fatal: true,
	ignoreBOM: true
});
function decodeUtf8(bytes) {
	try {
		return utf8$1.decode(bytes);
	} catch {
		throw new CanonicalError("not-utf8", "is not UTF-8");
	}
}
function write(value, depth) {
	if (typeof value === "string") return writeString(value);
	if (value === null || typeof value === "boolean") return String(value);
	if (typeof value === "number") {
		if (!Number.isSafeInteger(value)) throw new CanonicalError("number", `holds ${value}, which is not an integer within ±(2^53−1)`);
		return String(value);
	}
	if (depth === maxDepth) throw new CanonicalError("too-deep", `is nested more than ${maxDepth} deep`);
	if (Array.isArray(value)) return writeArray(value, depth);
	if (isPlainObject(value)) return writeObject(value, depth);
	throw new CanonicalError("not-a-value", `holds a ${typeof value} that JSON has no form for`);
}
const plain = /^[ !#-[\]-~]*$/;
function writeString(text) {
	if (plain.test(text)) return `"${text}"`;
	if (!text.isWellFormed()) throw new CanonicalError("surrogate", "holds a lone surrogate");
	return JSON.stringify(text);
}
function writeArray(values, depth) {
	let text = "[";
	for (let i = 0; i < values.length; i++) text += (i === 0 ? "" : ",") + write(values[i], depth + 1);
	return `${text}]`;
}
function writeObject(value, depth) {
	let text = "{";
	for (const key of Object.keys(value).sort()) text += `${(text === "{" ? "" : ",") + writeString(key)}:${write(value[key], depth + 1)}`;
	return `${text}}`;
}
function isPlainObject(value) {
	if (typeof value !== "object" || value === null) return false;
	const prototype = Object.getPrototypeOf(value);
	return prototype === Object.prototype || prototype === null;
}
function firstDifference(a, b) {
	let i = 0;
	while (i < a.length && a[i] === b[i]) i++;
	return i + 1;
}
// packages/log/src/export/lines.ts
const lineFeed = 10;
/**
* The lines of a file, one after the other, holding no more than one in memory.
* @throws {ExportError} `bad-text` where the last line has no LF, `too-long` where one has more than `maxBytes`.
*/
async function* linesOf(file, chunks, maxBytes) {
	let number = 1;
	let begun = [];
	let length = 0;
	const tooLong = () => new ExportError("too-long", file, number, `has more than ${maxBytes} bytes`);
	for await (const chunk of chunks) {
		let start = 0;
		for (let end = chunk.indexOf(lineFeed); end >= 0; end = chunk.indexOf(lineFeed, start)) {
			const piece = chunk.subarray(start, end);
			if (length + piece.length > maxBytes) throw tooLong();
			yield {
				number,
				bytes: length === 0 ? piece : Buffer.concat([...begun, piece])
			};
			number++;
			begun = [];
			length = 0;
			start = end + 1;
		}
		if (start === chunk.length) continue;
		begun.push(chunk.subarray(start));
		length += chunk.length - start;
		if (length > maxBytes) throw tooLong();
	}
	if (length > 0) throw new ExportError("bad-text", file, number, "does not end in LF");
}
/** A line of plain text: UTF-8, no byte order mark, no carriage return. */
function textOf(file, { number, bytes }) {
	const text = blame("bad-text", file, number, () => utf8.decode(bytes));
	if (text.startsWith("﻿")) throw new ExportError("bad-text", file, number, "begins with a byte order mark");
	if (text.includes("\r")) throw new ExportError("bad-text", file, number, "holds a carriage return: lines end in LF alone");
	return text;
}
const utf8 = new TextDecoder("utf-8", {
	fatal: true,
	ignoreBOM: true
});
/** A line of JSON in canonical form. */
function jsonOf(file, { number, bytes }) {
	return blame("not-canonical", file, number, () => parseCanonical(bytes));
}
/** An object with exactly these keys. @throws {ExportError} `bad-shape`. */
function exactKeys(file, line, value, keys) {
	if (typeof value !== "object" || value === null || Array.isArray(value)) throw new ExportError("bad-shape", file, line, "is not an object");
	const found = value;
	for (const key of keys) if (!Object.hasOwn(found, key)) throw new ExportError("bad-shape", file, line, `has no key “${key}”`);
	const unknown = Object.keys(found).find((key) => !keys.includes(key));
	if (unknown !== void 0) throw new ExportError("bad-shape", file, line, `has the unknown key “${unknown}”`);
	return found;
}
/** Reads lists of base64 hashes. Proofs of neighbours end alike, so what a text decoded to is kept from one list to the next. */
var HashReader = class {
	#texts = [];
	#hashes = [];
	/** @throws {ExportError} `bad-shape` where the value is no list of base64 of 32 bytes each. */
	read(file, line, value) {
		if (!Array.isArray(value)) throw new ExportError("bad-shape", file, line, "has no list “hashes”");
		const texts = value;
		const shift = this.#texts.length - texts.length;
		const hashes = texts.map((text, i) => {
			const kept = this.#hashes[i + shift];
			if (kept !== void 0 && text === this.#texts[i + shift]) return kept;
			const hash = typeof text === "string" ? decodeBase64(text, 32) : null;
			if (hash === null) throw new ExportError("bad-shape", file, line, `has a hash ${i + 1} that is not base64 of 32 bytes`);
			return hash;
		});
		this.#texts = texts;
		this.#hashes = hashes;
		return hashes;
	}
};
// packages/log/src/export/bag.ts
/** The files of a bag by name; `data/media/HASH` come beside them. */
const bagFiles = {
	bagit: "bagit.txt",
	info: "bag-info.txt",
	manifest: "manifest-sha256.txt",
	tagManifest: "tagmanifest-sha256.txt",
	verifier: "perisai-verify.mjs",
	readme: "data/README.txt",
	checkpoint: "data/checkpoint",
	vkey: "data/log.vkey",
	oldVkey: "data/old-log.vkey",
	records: "data/records.jsonl",
	proofs: "data/proofs.jsonl",
	openings: "data/openings.jsonl",
	consistency: "data/consistency.json"
};
/** Where disclosed blobs lie. */
const mediaFolder = "data/media/";
const { checkpoint, vkey, records, proofs, bagit, info, manifest, tagManifest, verifier } = bagFiles;
const required = [
	bagit,
	info,
	manifest,
	tagManifest,
	verifier,
	checkpoint,
	vkey,
	records,
	proofs
];
const known = new Set(Object.values(bagFiles));
const maxTextLine = 1 << 20;
/** A bag whose names are right and whose tag files are whole. What is read through it is hashed on the way. */
var Bag = class {
	paths;
	#source;
	#digests = new Map();
	#listed = new Map();
	constructor(source, paths) {
		this.#source = source;
		this.paths = paths;
	}
	/** The disclosed blobs' hashes. */
	get media() {
		return [...this.paths].filter((path) => path.startsWith(mediaFolder)).map((path) => path.slice(11));
	}
	/** The bytes of a file. Read to the end, its digest is known. */
	async *read(path) {
		const hash = createHash("sha256");
		let size = 0;
		for await (const chunk of this.#source.read(path)) {
			hash.update(chunk);
			size += chunk.length;
			yield chunk;
		}
		this.#digests.set(path, {
			sha256: hash.digest("hex"),
			size
		});
	}
	/** The file as lines of plain text, each with its number. */
	async *text(path) {
		for await (const line of linesOf(path, this.read(path), maxTextLine)) yield {
			number: line.number,
			text: textOf(path, line)
		};
	}
	/** The whole of a small text file. */
	async wholeText(path) {
		let whole = "";
		for await (const { text, number } of this.text(path)) {
			whole += `${text}\n`;
			if (whole.length > maxTextLine) throw new ExportError("too-long", path, number, "goes beyond 1 MiB");
		}
		return whole;
	}
	/** SHA-256 in hex, and size; read now where it has not been. */
	async digest(path) {
		if (!this.#digests.has(path)) for await (const _ of this.read(path));
		return this.#digests.get(path);
	}
	/** Reads a manifest, which must be complete both ways: every line names one of these files, every one of these files has one line. */
	async readManifest(name, files) {
		const there = new Set(files);
		for await (const { number, text } of this.text(name)) {
			const [, sha256, path] = /^([0-9a-f]{64}) {2}(\S+)$/.exec(text) ?? [];
			if (sha256 === void 0 || path === void 0) throw new ExportError("bad-manifest", name, number, "is not a SHA-256 in hex, two spaces and a path");
			if (!there.has(path)) throw new ExportError("bad-manifest", name, number, `lists ${path}, which is not there`);
			if (this.#listed.has(path)) throw new ExportError("bad-manifest", name, number, `lists ${path} again`);
			this.#listed.set(path, {
				sha256,
				place: `${name} line ${number}`
			});
		}
		const missing = files.find((path) => !this.#listed.has(path));
		if (missing !== void 0) throw new ExportError("unlisted-file", missing, null, `is not listed in ${name}`);
	}
	/** Whether a file has another hash than its manifest says. */
	async differs(path) {
		return (await this.digest(path)).sha256 !== this.#listed.get(path)?.sha256;
	}
	/** Refuses a file that has another hash than its manifest says. */
	async checkDigest(path) {
		if (!await this.differs(path)) return;
		const { sha256 } = await this.digest(path);
		const listed = this.#listed.get(path);
		throw new ExportError("hash-differs", path, null, `has the SHA-256 ${sha256}, but ${listed?.place} says ${listed?.sha256}: one of the two was changed`);
	}
};
/** Opens a bag: the names it may hold, `bagit.txt`, both manifests complete, and every tag file whole. */
async function openBag(source) {
	const bag = new Bag(source, checkNames(await source.list()));
	const tagFiles = [...bag.paths].filter((path) => !isPayload(path) && path !== tagManifest);
	await bag.readManifest(tagManifest, tagFiles);
	for (const path of tagFiles) await bag.checkDigest(path);
	if (await bag.wholeText(bagit) !== "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n") throw new ExportError("bad-bag", bagit, null, "is not the declaration of a BagIt 1.0 bag in UTF-8");
	await bag.readManifest(manifest, [...bag.paths].filter(isPayload));
	return bag;
}
/** Every payload file against the manifest, and their sum against `Payload-Oxum`. Comes last, so that a line at fault is named first. */
async function checkPayload(bag) {
	const payload = [...bag.paths].filter(isPayload);
	let size = 0;
	for (const path of payload) {
		await bag.checkDigest(path);
		size += (await bag.digest(path)).size;
	}
	const oxum = await readOxum(bag);
	const is = `${size}.${payload.length}`;
	if (oxum.text !== is) throw new ExportError("bad-bag", info, oxum.number, `says Payload-Oxum ${oxum.text}, but the payload is ${is}`);
}
async function readOxum(bag) {
	const oxums = [];
	for await (const { number, text } of bag.text(info)) {
		const [, label, value] = /^([^:\s][^:]*): (.*)$/.exec(text) ?? [];
		if (label === void 0 || value === void 0) throw new ExportError("bad-bag", info, number, "is not of the form “Label: value”");
		if (label === "Payload-Oxum") oxums.push({
			number,
			text: value
		});
	}
	const [oxum] = oxums;
	if (oxum === void 0 || oxums.length > 1) throw new ExportError("bad-bag", info, null, `has ${oxums.length} lines Payload-Oxum, not one`);
	return oxum;
}
function checkNames(paths) {
	const names = new Set(paths);
	for (const path of paths) {
		const isMedia = path.startsWith("data/media/") && /^[0-9a-f]{64}$/.test(path.slice(11));
		if (!known.has(path) && !isMedia) throw new ExportError("unlisted-file", path, null, "is no file of an export");
	}
	for (const path of required) if (!names.has(path)) throw new ExportError("missing-file", path, null, "is missing");
	if (names.has(bagFiles.oldVkey) && !names.has(bagFiles.consistency)) throw new ExportError("unlisted-file", bagFiles.oldVkey, null, "is the key of an older checkpoint, but there is no consistency.json with one");
	return names;
}
const isPayload = (path) => path.startsWith("data/");
// packages/log/src/merkle.ts
/** SHA-256 of the bytes, or of a text's UTF-8. */
function sha256(input) {
	return hash("sha256", input, "buffer");
}
/** Hash of a leaf, RFC 9162 §2.1.1: SHA-256(0x00 ‖ bytes). */
function leafHash(bytes) {
	const input = new Uint8Array(bytes.length + 1);
	input.set(bytes, 1);
	return sha256(input);
}
/** Hash of an inner node, RFC 9162 §2.1.1: SHA-256(0x01 ‖ left ‖ right). */
function nodeHash(left, right) {
	nodeInput.set(left, 1);
	nodeInput.set(right, 33);
	return sha256(nodeInput);
}
const nodeInput = new Uint8Array(65).fill(1, 0, 1);
/** Root of the tree without leaves: SHA-256 of nothing. */
const emptyRoot = sha256(new Uint8Array(0));
/** Whether a consistency proof holds: RFC 9162 §2.1.4.2. Every tree continues the empty one, by an empty proof. */
function verifyConsistency({ oldSize, newSize, oldRoot, newRoot, proof }) {
	if (!isTreeSize(oldSize) || !isTreeSize(newSize) || oldSize > newSize) return false;
	if (newSize === 0 && !sameBytes(newRoot, emptyRoot)) return false;
	if (oldSize === newSize) return proof.length === 0 && sameBytes(oldRoot, newRoot);
	if (oldSize === 0) return proof.length === 0 && sameBytes(oldRoot, emptyRoot);
	const [first, ...rest] = isPowerOfTwo(oldSize) ? [oldRoot, ...proof] : proof;
	if (first === void 0 || proof.length === 0) return false;
	let fn = oldSize - 1;
	let sn = newSize - 1;
	while (isOdd(fn)) {
		fn = half(fn);
		sn = half(sn);
	}
	let oldNode = first;
	let newNode = first;
	for (const sibling of rest) {
		if (sn === 0) return false;
		if (isOdd(fn) || fn === sn) {
			oldNode = nodeHash(sibling, oldNode);
			newNode = nodeHash(sibling, newNode);
			while (!isOdd(fn) && fn !== 0) {
				fn = half(fn);
				sn = half(sn);
			}
		} else newNode = nodeHash(newNode, sibling);
		fn = half(fn);
		sn = half(sn);
	}
	return sn === 0 && sameBytes(oldNode, oldRoot) && sameBytes(newNode, newRoot);
}
/** Whether two byte strings are the same. */
function sameBytes(a, b) {
	return a.length === b.length && Buffer.compare(a, b) === 0;
}
/** Whether `n` can be a number of leaves. */
function isTreeSize(n) {
	return Number.isSafeInteger(n) && n >= 0;
}
/** n / 2, rounded down. */
const half = (n) => Math.floor(n / 2);
/** Whether n is odd. */
const isOdd = (n) => n % 2 === 1;
const isPowerOfTwo = (n) => 2 ** Math.round(Math.log2(n)) === n;
/** Thrown by everything that reads notes, keys and checkpoints. */
var NoteError = class extends Error {
	name = "NoteError";
	code;
	constructor(code, message) {
		super(message);
		this.code = code;
	}
};
/** The first 4 bytes of SHA-256(NAME ‖ 0x0A ‖ type ‖ public key). */
function keyHash({ name, type, publicKey }) {
	return sha256(Buffer.concat([
		Buffer.from(`${name}\n`),
		Buffer.of(type),
		publicKey
	])).subarray(0, 4);
}
/** Reads a key in note form; its hash must be right and its type one of the two known here. @throws {NoteError} `bad-key`, `bad-name`. */
function parseVkey(text) {
	const [, name, hash, encoded] = /^([^+]*)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text) ?? [];
	const bytes = decodeBase64(encoded ?? "", 33);
	if (name === void 0 || bytes === null) throw new NoteError("bad-key", "is not a key of the form NAME+hash+base64");
	checkName(name);
	const key = {
		name,
		type: bytes[0],
		publicKey: bytes.subarray(1)
	};
	if (key.type !== 1 && key.type !== 4) throw new NoteError("bad-key", `is a key of the unknown type ${key.type}`);
	if (hex(keyHash(key)) !== hash) throw new NoteError("bad-key", `has the key hash ${hash}, but its key has ${hex(keyHash(key))}`);
	return key;
}
/** Takes a note apart. @throws {NoteError} `bad-note` where it is not C2SP signed-note form. */
function parseNote(note) {
	if (!note.isWellFormed() || /[\u0000-\u0009\u000b-\u001f\u007f]/.test(note)) throw new NoteError("bad-note", "holds a control character or a lone surrogate");
	const split = note.lastIndexOf("\n\n");
	if (split < 0 || !note.endsWith("\n")) throw new NoteError("bad-note", "is not a text, an empty line and signature lines, each ended by LF");
	const lines = note.slice(split + 2, -1).split("\n");
	if (lines.length > 100) throw new NoteError("bad-note", "has more than 100 signatures");
	return {
		text: note.slice(0, split + 1),
		signatures: lines.map(parseSignature)
	};
}
function parseSignature(line) {
	const [, name, encoded] = /^— ([^ ]+) ([A-Za-z0-9+/=]+)$/.exec(line) ?? [];
	const bytes = decodeBase64(encoded ?? "");
	if (name === void 0 || bytes === null || bytes.length < 5) throw new NoteError("bad-note", `has the malformed signature line “${line}”`);
	checkName(name);
	return {
		name,
		keyHash: bytes.subarray(0, 4),
		signature: bytes.subarray(4)
	};
}
/** The text of a note that carries a good Ed25519 signature of this key. @throws {NoteError} `unsigned` or `bad-signature`. */
function openNote$1(note, vkey) {
	const key = parseVkey(vkey);
	if (key.type !== 1) throw new NoteError("bad-key", "is a witness’s key, which signs no notes");
	const { text, signatures } = parseNote(note);
	for (const { signature } of signaturesBy(key, signatures)) if (!verifyEd25519(Buffer.from(text), signature, key)) throw new NoteError("bad-signature", `does not bear the signature of ${key.name}`);
	return text;
}
/** The signatures of one key; at least one. @throws {NoteError} `unsigned`. */
function signaturesBy(key, signatures) {
	const own = signatures.filter((signature) => signature.name === key.name && sameBytes(signature.keyHash, keyHash(key)));
	if (own.length === 0) throw new NoteError("unsigned", `has no signature by ${key.name}+${hex(keyHash(key))}`);
	return own;
}
/** Whether an Ed25519 signature holds. */
function verifyEd25519(message, signature, { publicKey }) {
	const key = createPublicKey({
		key: {
			kty: "OKP",
			crv: "Ed25519",
			x: Buffer.from(publicKey).toString("base64url")
		},
		format: "jwk"
	});
	return signature.length === 64 && verify(null, message, key, signature);
}
function checkName(name) {
	if (name === "" || /[\s+]/u.test(name) || !name.isWellFormed()) throw new NoteError("bad-name", `“${name}” is no name: it may not be empty or hold a space or +`);
}
const hex = (bytes) => Buffer.from(bytes).toString("hex");
// packages/log/src/checkpoint.ts
/** What a checkpoint note says, signed by this key, whose name is the origin. @throws {NoteError}. */
function openCheckpoint(note, vkey) {
	const checkpoint = parseText(openNote$1(note, vkey));
	checkOrigin(checkpoint, vkey);
	return checkpoint;
}
function parseText(text) {
	const [origin = "", size = "", root = "", ...rest] = text.split("\n");
	const hash = decodeBase64(root, 32);
	if (origin === "" || /[\s+]/u.test(origin)) throw new NoteError("bad-checkpoint", `has the origin “${origin}”: it may not be empty or hold a space or +`);
	if (!/^(0|[1-9][0-9]*)$/.test(size) || !isTreeSize(Number(size))) throw new NoteError("bad-checkpoint", `has no tree size on its second line: “${size}”`);
	if (hash === null) throw new NoteError("bad-checkpoint", `has no base64 root hash of 32 bytes on its third line: “${root}”`);
	if (rest.length !== 1 || rest[0] !== "") throw new NoteError("bad-checkpoint", "has more than three lines before its signatures");
	return {
		origin,
		size: Number(size),
		root: hash
	};
}
function checkOrigin({ origin }, vkey) {
	const { name } = parseVkey(vkey);
	if (name !== origin) throw new NoteError("bad-checkpoint", `is of the log “${origin}”, but the key is of “${name}”`);
}
// packages/log/src/export/head.ts
const maxConsistencyBytes = 1 << 20;
/**
* Reads keys and checkpoint and checks signature and consistency.
* @param trusted a verifier key got elsewhere: the export's must be the same.
*/
async function readHead(bag, trusted) {
	const vkey = await readKey$1(bag, bagFiles.vkey);
	if (trusted !== void 0 && trusted !== vkey) throw new ExportError("key-differs", bagFiles.vkey, 1, `is not the key that was given: ${trusted}`);
	const note = await bag.wholeText(bagFiles.checkpoint);
	const checkpoint = openNote(bagFiles.checkpoint, null, note, vkey);
	return {
		checkpoint,
		vkey,
		oldSize: bag.paths.has(bagFiles.consistency) ? await checkConsistency(bag, checkpoint, note, vkey) : null
	};
}
async function readKey$1(bag, file) {
	const text = await bag.wholeText(file);
	if (text.indexOf("\n") !== text.length - 1) throw new ExportError("bad-key", file, null, "is not one line");
	const vkey = text.slice(0, -1);
	try {
		if (parseVkey(vkey).type !== 1) throw new ExportError("bad-key", file, 1, "is not the key of a log");
	} catch (error) {
		if (error instanceof NoteError) throw new ExportError("bad-key", file, 1, error.message);
		throw error;
	}
	return vkey;
}
function openNote(file, line, note, vkey) {
	try {
		return openCheckpoint(note, vkey);
	} catch (error) {
		if (!(error instanceof NoteError)) throw error;
		throw new ExportError(error.code === "bad-signature" || error.code === "unsigned" ? "bad-signature" : "bad-checkpoint", file, line, error.message);
	}
}
async function checkConsistency(bag, now, note, vkey) {
	const file = bagFiles.consistency;
	const lines = [];
	for await (const line of linesOf(file, bag.read(file), maxConsistencyBytes)) lines.push(line);
	const [line] = lines;
	if (line === void 0 || lines.length !== 1) throw new ExportError("bad-shape", file, null, "is not one line");
	const { hashes, new: newNote, old: oldNote } = exactKeys(file, 1, jsonOf(file, line), [
		"hashes",
		"new",
		"old"
	]);
	if (newNote !== note) throw new ExportError("bad-shape", file, 1, "has another “new” than data/checkpoint");
	if (typeof oldNote !== "string") throw new ExportError("bad-shape", file, 1, "has no note as “old”");
	const proof = new HashReader().read(file, 1, hashes);
	const old = openNote(file, 1, oldNote, bag.paths.has(bagFiles.oldVkey) ? await readKey$1(bag, bagFiles.oldVkey) : vkey);
	if (old.origin !== now.origin) throw new ExportError("not-consistent", file, 1, `has an “old” of another log: ${old.origin}`);
	if (!verifyConsistency({
		oldSize: old.size,
		oldRoot: old.root,
		newSize: now.size,
		newRoot: now.root,
		proof
	})) throw new ExportError("not-consistent", file, 1, `does not prove that the tree of ${now.size} leaves begins with the one of ${old.size}`);
	return old.size;
}
// packages/log/src/commitment.ts
/**
* Commits to a value: base64 of SHA-256(0x02 ‖ salt ‖ JCS(value)).
* @param salt 32 random bytes, a fresh one for each value: without it short values could be guessed.
*/
function commit(salt, value) {
	if (salt.length !== 32) throw new RangeError(`a salt has 32 bytes, not ${salt.length}`);
	return encodeBase64(sha256(Buffer.concat([
		Buffer.of(2),
		salt,
		Buffer.from(canonicalize(value))
	])));
}
/** Whether salt and value open what the record holds at the opening's field. */
function openingHolds(record, opening) {
	const salt = decodeBase64(opening.salt, 32);
	const held = resolve(record, opening.field);
	return salt !== null && isCommitment(held) && held.commitment === commit(salt, opening.value);
}
/** Whether a value is a commitment: an object of one key, `commitment`, base64 of 32 bytes. */
function isCommitment(value) {
	if (typeof value !== "object" || value === null || !Object.hasOwn(value, "commitment") || Object.keys(value).length !== 1) return false;
	const { commitment } = value;
	return typeof commitment === "string" && decodeBase64(commitment, 32) !== null;
}
/** A key or index as a step of an RFC 6901 pointer. */
function pointerStep(key) {
	return `/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`;
}
function resolve(value, pointer) {
	if (pointer !== "" && !pointer.startsWith("/")) return void 0;
	let at = value;
	for (const step of pointer.split("/").slice(1)) {
		const key = step.replaceAll("~1", "/").replaceAll("~0", "~");
		if (pointerStep(key) !== `/${step}` || typeof at !== "object" || at === null || !Object.hasOwn(at, key)) return void 0;
		if (Array.isArray(at) && !/^(0|[1-9]\d*)$/.test(key)) return void 0;
		at = at[key];
	}
	return at;
}
// packages/log/src/tile.ts
/** The longest record a bundle can hold: its length stands in 16 bits. */
const maxRecordBytes = 65535;
// packages/log/src/export/digest-table.ts
const taken = 4294967295;
const words = 5;
/**
* Texts with a line number each, kept as the first 16 bytes of their SHA-256: 40 to 80 bytes a text, where a Map of strings takes several
* times as much. Nobody finds two texts with the same 16 bytes and a use for them here.
*/
var DigestTable = class {
	#slots = new Uint32Array(1024 * words);
	#size = 0;
	get size() {
		return this.#size;
	}
	/** Adds a text. Gives the line that it was added with before, or null where it is new. */
	add(text, line) {
		if (this.#size * 2 >= this.#slots.length / words) this.#grow();
		const key = digest(text);
		const at = find(this.#slots, key);
		const before = this.#slots[at + 4];
		if (before !== 0) return before;
		this.#slots.set(key, at);
		this.#slots[at + 4] = line;
		this.#size++;
		return null;
	}
	/** Marks a text as met, if it is there. */
	take(text) {
		const at = find(this.#slots, digest(text));
		if (this.#slots[at + 4] !== 0) this.#slots[at + 4] = taken;
	}
	/** The lowest line of a text that was never taken, or null. */
	firstLeft() {
		let first = taken;
		for (let at = 4; at < this.#slots.length; at += words) {
			const line = this.#slots[at];
			if (line !== 0 && line < first) first = line;
		}
		return first === taken ? null : first;
	}
	#grow() {
		const grown = new Uint32Array(this.#slots.length * 2);
		for (let at = 0; at < this.#slots.length; at += words) {
			if (this.#slots[at + 4] === 0) continue;
			const slot = this.#slots.subarray(at, at + words);
			grown.set(slot, find(grown, slot));
		}
		this.#slots = grown;
	}
};
function digest(text) {
	const bytes = sha256(text);
	return new Uint32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + 16));
}
/** Where the key stands, or the free slot where it would. */
function find(slots, key) {
	const count = slots.length / words;
	for (let slot = key[0] % count;; slot = (slot + 1) % count) {
		const at = slot * words;
		if (slots[at + 4] === 0) return at;
		if (slots[at] === key[0] && slots[at + 1] === key[1] && slots[at + 2] === key[2] && slots[at + 3] === key[3]) return at;
	}
}
// packages/log/src/export/openings.ts
const file = bagFiles.openings;
const maxOpeningBytes = 1 << 26;
/** Reads `openings.jsonl`, in any order of its lines; empty where there is none. */
async function readOpenings(bag) {
	const expected = new DigestTable();
	const blobs = new Set(bag.media);
	const media = new Set();
	if (bag.paths.has(file)) for await (const line of linesOf(file, bag.read(file), maxOpeningBytes)) {
		const opening = openingOf(line);
		const commitment = commit(decodeBase64(opening.salt, 32), opening.value);
		const before = expected.add(expectation(opening.id, opening.field, commitment), line.number);
		if (before !== null) throw new ExportError("duplicate", file, line.number, `opens the same field as line ${before}`);
		if (blobs.size > 0) eachText(opening.value, (text) => blobs.has(text) && media.add(text));
	}
	return {
		expected,
		media
	};
}
/** Takes from the openings what this record holds. */
function takeHeld({ expected }, record) {
	if (expected.size > 0) eachCommitment(record.payload, "/payload", (field, commitment) => expected.take(expectation(record.id, field, commitment)));
}
/** After all records: every opening must have been held by one. Where one was not, reads again to say why. */
async function checkAllHeld(bag, { expected }) {
	const left = expected.firstLeft();
	if (left === null) return;
	const opening = openingOf(await lineAt(bag, left));
	const failed = (why) => new ExportError("bad-opening", file, left, why);
	for await (const line of linesOf(bagFiles.records, bag.read(bagFiles.records), maxRecordBytes)) {
		const record = jsonOf(bagFiles.records, line);
		if (record.id !== opening.id) continue;
		if (openingHolds(record, opening)) continue;
		throw failed(`its salt and value do not open what the record (records.jsonl line ${line.number}) holds at ${opening.field}`);
	}
	throw failed(`opens a field of the record ${opening.id}, which is not in this export`);
}
/** Every text in a value, keys too. */
function eachText(value, visit) {
	if (typeof value === "string") visit(value);
	else if (typeof value === "object" && value !== null) for (const [key, inner] of Object.entries(value)) {
		if (!Array.isArray(value)) visit(key);
		eachText(inner, visit);
	}
}
async function lineAt(bag, number) {
	for await (const line of linesOf(file, bag.read(file), maxOpeningBytes)) if (line.number === number) return line;
	throw new ExportError("bad-opening", file, number, "was there a moment ago: the export changes while it is read");
}
function openingOf(line) {
	const { id, field, salt, value } = exactKeys(file, line.number, jsonOf(file, line), [
		"field",
		"id",
		"salt",
		"value"
	]);
	const failed = (why) => new ExportError("bad-shape", file, line.number, why);
	if (typeof id !== "string") throw failed("has no text as “id”");
	if (typeof field !== "string" || !/^(\/([^~]|~[01])*)?$/u.test(field)) throw failed("has no JSON pointer as “field”");
	if (typeof salt !== "string" || decodeBase64(salt, 32) === null) throw failed("has no base64 of 32 bytes as “salt”");
	return {
		id,
		field,
		salt,
		value
	};
}
function eachCommitment(value, pointer, visit) {
	if (typeof value !== "object" || value === null) return;
	if (isCommitment(value)) visit(pointer, value.commitment);
	else for (const [key, inner] of Object.entries(value)) eachCommitment(inner, pointer + pointerStep(key), visit);
}
const expectation = (id, field, commitment) => `${id}\n${field}\n${commitment}`;
// packages/log/src/inclusion.ts
/**
* Verifies inclusion proofs of one tree. Remembers the way of the last proof that held: where the next one comes to a node on it with the
* same siblings still to come, the rest is known to lead to the root. Neighbours so cost two hashes instead of twenty.
*/
var InclusionVerifier = class {
	#size;
	#root;
	#way = [];
	#proof = [];
	constructor(size, root) {
		this.#size = size;
		this.#root = root;
	}
	/** Whether this leaf hash stands at this index, by this proof. */
	holds(index, leaf, proof) {
		const holds = this.#follow(index, leaf, proof);
		this.#proof = proof;
		if (!holds) this.#way = [];
		return holds;
	}
	#follow(index, leaf, proof) {
		if (!isTreeSize(index) || !isTreeSize(this.#size) || index >= this.#size) return false;
		let fn = index;
		let sn = this.#size - 1;
		let node = leaf;
		for (const [i, sibling] of proof.entries()) {
			if (sn === 0) return false;
			const known = this.#way[i];
			if (known?.fn === fn && known.sn === sn && sameBytes(known.node, node) && this.#restIsKnown(proof, i)) return true;
			this.#way[i] = {
				fn,
				sn,
				node
			};
			if (isOdd(fn) || fn === sn) {
				node = nodeHash(sibling, node);
				while (!isOdd(fn) && fn !== 0) {
					fn = half(fn);
					sn = half(sn);
				}
			} else node = nodeHash(node, sibling);
			fn = half(fn);
			sn = half(sn);
		}
		return sn === 0 && sameBytes(node, this.#root);
	}
	#restIsKnown(proof, from) {
		if (proof.length !== this.#proof.length) return false;
		for (let i = from; i < proof.length; i++) {
			const [a, b] = [proof[i], this.#proof[i]];
			if (a !== b && !sameBytes(a, b)) return false;
		}
		return true;
	}
};
// packages/log/src/record.ts
/** A value is not a leaf; `field` says where (RFC 6901 pointer). */
var LeafError = class extends Error {
	name = "LeafError";
	code = "bad-leaf";
	field;
	constructor(field, message) {
		super(`${field === "" ? "the record" : field} ${message}`);
		this.field = field;
	}
};
/** Checks that a value is a leaf, closed: no field more, none less, each of its form. @throws {LeafError} naming the field. */
function checkLeaf(value) {
	const leaf = exactly(value, leafFields, "");
	for (const field of ["id", "case"]) {
		const id = leaf[field];
		if (!(field === "case" && id === null) && !(typeof id === "string" && uuid.test(id))) throw new LeafError(`/${field}`, "is not a lower-case UUID");
	}
	for (const field of ["kind", "service"]) if (!isName(leaf[field])) throw new LeafError(`/${field}`, "is not a text, or empty");
	for (const field of ["occurred_at", "recorded_at"]) if (!isTime(leaf[field])) throw new LeafError(`/${field}`, "is not a UTC time of the form 2026-11-24T04:00:00.000Z");
	if (!isCount(leaf["version"]) || leaf["version"] === 0) throw new LeafError("/version", "is not a version from 1 on");
	if (leaf["case_seq"] !== null && !isCount(leaf["case_seq"])) throw new LeafError("/case_seq", "is not a place in a case");
	if (leaf["case"] === null !== (leaf["case_seq"] === null)) throw new LeafError("/case_seq", "and /case must be null together");
	if (!isBytes16(leaf["nonce"])) throw new LeafError("/nonce", "is not base64 of 16 bytes");
	checkParties(leaf["parties"]);
	for (const [name, version] of Object.entries(object(leaf["versions"], "/versions"))) if (typeof version !== "string") throw new LeafError(`/versions/${name}`, "is not a text");
	object(leaf["payload"], "/payload");
	return value;
}
const leafFields = "id kind version occurred_at recorded_at service case case_seq parties versions nonce payload".split(" ");
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const time = /^\d{4}-\d{2}-(\d{2})T(?:[01]\d|2[0-3]):\d{2}:\d{2}\.\d{3}Z$/;
function checkParties(parties) {
	if (!Array.isArray(parties)) throw new LeafError("/parties", "is not a list");
	parties.forEach((value, i) => {
		const party = exactly(value, ["handle", "role"], `/parties/${i}`);
		if (!isBytes16(party["handle"])) throw new LeafError(`/parties/${i}/handle`, "is not base64 of 16 bytes");
		if (!isName(party["role"])) throw new LeafError(`/parties/${i}/role`, "is not a text, or empty");
	});
}
function exactly(value, fields, at) {
	const found = object(value, at);
	for (const field of fields) if (!Object.hasOwn(found, field)) throw new LeafError(`${at}/${field}`, "is missing");
	if (Object.keys(found).length > fields.length) throw new LeafError(`${at}/${Object.keys(found).find((key) => !fields.includes(key))}`, "is no field of a leaf");
	return found;
}
function object(value, at) {
	if (typeof value !== "object" || value === null || Array.isArray(value)) throw new LeafError(at, "is not an object");
	return value;
}
/** Whether it is a time as the log writes it, and one that the calendar has. */
function isTime(value) {
	const [, day] = typeof value === "string" ? time.exec(value) ?? [] : [];
	if (day === void 0 || Number.isNaN(Date.parse(value))) return false;
	return Number(day) <= 28 || new Date(value).toISOString() === value;
}
const isName = (value) => typeof value === "string" && value !== "";
const isCount = (value) => Number.isSafeInteger(value) && value >= 0;
const isBytes16 = (value) => typeof value === "string" && decodeBase64(value, 16) !== null;
// packages/log/src/export/records.ts
const { records: recordsFile, proofs: proofsFile } = bagFiles;
const maxProofBytes = 8192;
const backDatingMs = 6e4;
/**
* Reads `records.jsonl` and `proofs.jsonl` side by side: each record a canonical leaf, its proof the same line of the other file, indexes
* ascending, ids unique, each proven against the checkpoint. Takes from the openings what the records hold.
*/
async function checkRecords(bag, checkpoint, openings, onRecord) {
	const proofs = linesOf(proofsFile, bag.read(proofsFile), maxProofBytes);
	const verifier = new InclusionVerifier(checkpoint.size, checkpoint.root);
	const hashes = new HashReader();
	const ids = new DigestTable();
	const media = new Set(bag.media);
	let before = -1;
	let latest = 0;
	let backDated = 0;
	for await (const line of linesOf(recordsFile, bag.read(recordsFile), maxRecordBytes)) {
		const record = recordOf(line);
		const proof = await proofs.next();
		if (proof.done === true) throw new ExportError("not-proven", recordsFile, line.number, "has no line in proofs.jsonl");
		before = await checkProof(bag, {
			line,
			record,
			proof: proof.value,
			before,
			checkpoint,
			verifier,
			hashes
		});
		const repeated = ids.add(record.id, line.number);
		if (repeated !== null) throw new ExportError("duplicate", recordsFile, line.number, `has the id of line ${repeated}`);
		takeHeld(openings, record);
		if (media.size > 0) checkNoBareHash(line, record, media);
		const recorded = Date.parse(record.recorded_at);
		if (recorded < latest - backDatingMs) backDated++;
		latest = Math.max(latest, recorded);
		onRecord(line.number);
	}
	const extra = await proofs.next();
	if (extra.done !== true) throw new ExportError("bad-shape", proofsFile, extra.value.number, "proves a record that records.jsonl does not have");
	return {
		records: ids.size,
		backDated
	};
}
function recordOf(line) {
	const value = jsonOf(recordsFile, line);
	try {
		return checkLeaf(value);
	} catch (error) {
		if (error instanceof LeafError) throw new ExportError("bad-shape", recordsFile, line.number, error.message);
		throw error;
	}
}
/** Checks one record's proof and gives its index. */
async function checkProof(bag, { line, record, proof, before, checkpoint, ...context }) {
	const { hashes, id, index } = exactKeys(proofsFile, proof.number, jsonOf(proofsFile, proof), [
		"hashes",
		"id",
		"index"
	]);
	const failed = (code, why) => new ExportError(code, proofsFile, proof.number, why);
	if (typeof index !== "number" || index < 0) throw failed("bad-shape", "has no “index”");
	const siblings = context.hashes.read(proofsFile, proof.number, hashes);
	if (id !== record.id) throw await disagree(bag, "out-of-order", line, `the record’s id is ${record.id}, the proof’s ${String(id)}`);
	if (index <= before) throw failed("out-of-order", `has the index ${index} after ${before}: indexes ascend`);
	if (index >= checkpoint.size) throw failed("not-proven", `has the index ${index}, but the checkpoint’s tree has ${checkpoint.size} leaves`);
	if (!context.verifier.holds(index, leafHash(line.bytes), siblings)) throw await disagree(bag, "not-proven", line, `the proof does not lead from the record, at index ${index}, to the checkpoint’s root`);
	return index;
}
/** Record and proof of one line do not fit. Either may be the changed one: where the manifest knows it of the proofs alone, they are blamed. */
async function disagree(bag, code, { number }, why) {
	const [file, other] = await bag.differs(proofsFile) && !await bag.differs(recordsFile) ? [proofsFile, recordsFile] : [recordsFile, proofsFile];
	return new ExportError(code, file, number, `does not fit ${other} line ${number}: ${why}`);
}
function checkNoBareHash(line, record, media) {
	eachText(record.payload, (text) => {
		if (media.has(text)) throw new ExportError("bad-media", recordsFile, line.number, `names the blob ${text} in the open: only an opening may`);
	});
}
// packages/log/src/export/verify.ts
const progressEvery = 1e4;
/**
* Verifies an export, whole, in bounded memory (some 100 bytes a record, for its id): the bag, the keys, the checkpoint, each record's
* place in the tree, each opening, each blob.
* @throws {ExportError} at the first departure, naming file and line.
*/
async function verifyExport(source, options = {}) {
	const bag = await openBag(source);
	await checkReadme(bag);
	const { checkpoint, vkey, oldSize } = await readHead(bag, options.vkey);
	const openings = await readOpenings(bag);
	const { records, backDated } = await checkRecords(bag, checkpoint, openings, (n) => {
		if (n % progressEvery === 0) options.onProgress?.(n);
	});
	await checkAllHeld(bag, openings);
	await checkMedia(bag, openings);
	await checkPayload(bag);
	return {
		origin: checkpoint.origin,
		size: checkpoint.size,
		root: Buffer.from(checkpoint.root).toString("base64"),
		vkey,
		keyCompared: options.vkey !== void 0,
		records,
		openings: openings.expected.size,
		media: bag.media.length,
		oldSize,
		backDated
	};
}
async function checkReadme(bag) {
	if (bag.paths.has(bagFiles.readme)) for await (const _ of bag.text(bagFiles.readme));
}
async function checkMedia(bag, openings) {
	for (const hash of bag.media) {
		const path = `${mediaFolder}${hash}`;
		if ((await bag.digest(path)).sha256 !== hash) throw new ExportError("bad-media", path, null, "does not have the SHA-256 that is its name");
		if (!openings.media.has(hash)) throw new ExportError("bad-media", path, null, "stands in no opening");
	}
}
// packages/log/src/bin/folder.ts
/** Opens an unpacked export: the folder with `bagit.txt` in it. */
function openFolder(root) {
	return {
		list: async () => {
			return (await readdir(root, {
				recursive: true,
				withFileTypes: true
			})).filter((entry) => !entry.isDirectory()).map((entry) => {
				const path = relative(root, join(entry.parentPath, entry.name)).split(sep).join("/");
				if (!entry.isFile()) throw new ExportError("unlisted-file", path, null, "is a link or device");
				return path;
			});
		},
		read: (path) => createReadStream(join(root, ...path.split("/"))),
		close: () => Promise.resolve()
	};
}
// node_modules/pend/index.js
var require_pend = __commonJSMin(((exports, module) => {
	module.exports = Pend;
	function Pend() {
		this.pending = 0;
		this.max = Infinity;
		this.listeners = [];
		this.waiting = [];
		this.error = null;
	}
	Pend.prototype.go = function(fn) {
		if (this.pending < this.max) pendGo(this, fn);
		else this.waiting.push(fn);
	};
	Pend.prototype.wait = function(cb) {
		if (this.pending === 0) cb(this.error);
		else this.listeners.push(cb);
	};
	Pend.prototype.hold = function() {
		return pendHold(this);
	};
	function pendHold(self) {
		self.pending += 1;
		var called = false;
		return onCb;
		function onCb(err) {
			if (called) throw new Error("callback called twice");
			called = true;
			self.error = self.error || err;
			self.pending -= 1;
			if (self.waiting.length > 0 && self.pending < self.max) pendGo(self, self.waiting.shift());
			else if (self.pending === 0) {
				var listeners = self.listeners;
				self.listeners = [];
				listeners.forEach(cbListener);
			}
		}
		function cbListener(listener) {
			listener(self.error);
		}
	}
	function pendGo(self, fn) {
		fn(pendHold(self));
	}
}));
// node_modules/yauzl/fd-slicer.js
var require_fd_slicer = __commonJSMin(((exports) => {
	var fs = __require("fs");
	var util = __require("util");
	var stream = __require("stream");
	var Readable = stream.Readable;
	var PassThrough = stream.PassThrough;
	var Pend = require_pend();
	var EventEmitter = __require("events").EventEmitter;
	exports.BufferSlicer = BufferSlicer;
	exports.FdSlicer = FdSlicer;
	util.inherits(FdSlicer, EventEmitter);
	function FdSlicer(fd) {
		EventEmitter.call(this);
		this.fd = fd;
		this.pend = new Pend();
		this.pend.max = 1;
		this.refCount = 0;
	}
	FdSlicer.prototype.read = function(buffer, offset, length, position, callback) {
		var self = this;
		self.pend.go(function(cb) {
			fs.read(self.fd, buffer, offset, length, position, function(err, bytesRead, buffer) {
				cb();
				callback(err, bytesRead, buffer);
			});
		});
	};
	FdSlicer.prototype.createReadStream = function(options) {
		return new ReadStream(this, options);
	};
	FdSlicer.prototype.ref = function() {
		this.refCount += 1;
	};
	FdSlicer.prototype.unref = function() {
		var self = this;
		self.refCount -= 1;
		if (self.refCount < 0) throw new Error("invalid unref");
		if (self.refCount > 0) return;
		fs.close(self.fd, onCloseDone);
		function onCloseDone(err) {
			if (err) self.emit("error", err);
			else self.emit("close");
		}
	};
	util.inherits(ReadStream, Readable);
	function ReadStream(context, options) {
		options = options || {};
		Readable.call(this, options);
		this.context = context;
		this.context.ref();
		this.start = options.start || 0;
		this.endOffset = options.end;
		this.pos = this.start;
	}
	ReadStream.prototype._read = function(n) {
		var self = this;
		var toRead = Math.min(self._readableState.highWaterMark, n);
		if (self.endOffset != null) toRead = Math.min(toRead, self.endOffset - self.pos);
		if (toRead <= 0) {
			self.push(null);
			this._cleanup();
			return;
		}
		self.context.pend.go(function(cb) {
			var buffer = Buffer.allocUnsafe(toRead);
			fs.read(self.context.fd, buffer, 0, toRead, self.pos, function(err, bytesRead) {
				if (err) self.destroy(err);
				else if (bytesRead === 0) {
					self.push(null);
					self._cleanup();
				} else {
					self.pos += bytesRead;
					self.push(buffer.slice(0, bytesRead));
				}
				cb();
			});
		});
	};
	ReadStream.prototype._destroy = function(err, cb) {
		this._cleanup();
		cb(err);
	};
	ReadStream.prototype._cleanup = function() {
		if (this.context != null) {
			this.context.unref();
			this.context = null;
		}
	};
	util.inherits(BufferSlicer, EventEmitter);
	function BufferSlicer(buffer) {
		EventEmitter.call(this);
		this.refCount = 0;
		this.buffer = buffer;
	}
	BufferSlicer.prototype.read = function(buffer, offset, length, position, callback) {
		if (!(0 <= offset && offset <= buffer.length)) throw new RangeError("offset outside buffer: 0 <= " + offset + " <= " + buffer.length);
		if (position < 0) throw new RangeError("position is negative: " + position);
		if (offset + length > buffer.length) length = buffer.length - offset;
		if (position + length > this.buffer.length) length = this.buffer.length - position;
		if (length <= 0) {
			setImmediate(function() {
				callback(null, 0);
			});
			return;
		}
		this.buffer.copy(buffer, offset, position, position + length);
		setImmediate(function() {
			callback(null, length);
		});
	};
	BufferSlicer.prototype.createReadStream = function(options) {
		options = options || {};
		var readStream = new PassThrough(options);
		readStream.start = options.start || 0;
		readStream.endOffset = options.end;
		readStream.pos = readStream.endOffset || this.buffer.length;
		var entireSlice = this.buffer.slice(readStream.start, readStream.pos);
		var maxChunkSize = 65536;
		var offset = 0;
		while (true) {
			var nextOffset = offset + maxChunkSize;
			if (nextOffset >= entireSlice.length) {
				if (offset < entireSlice.length) readStream.write(entireSlice.slice(offset, entireSlice.length));
				break;
			}
			readStream.write(entireSlice.slice(offset, nextOffset));
			offset = nextOffset;
		}
		readStream.end();
		return readStream;
	};
	BufferSlicer.prototype.ref = function() {
		this.refCount += 1;
	};
	BufferSlicer.prototype.unref = function() {
		this.refCount -= 1;
		if (this.refCount < 0) throw new Error("invalid unref");
	};
}));
// node_modules/yauzl/crc32.js
var require_crc32 = __commonJSMin(((exports, module) => {
	const CRC_TABLE = new Int32Array([
		0,
		1996959894,
		3993919788,
		2567524794,
		124634137,
		1886057615,
		3915621685,
		2657392035,
		249268274,
		2044508324,
		3772115230,
		2547177864,
		162941995,
		2125561021,
		3887607047,
		2428444049,
		498536548,
		1789927666,
		4089016648,
		2227061214,
		450548861,
		1843258603,
		4107580753,
		2211677639,
		325883990,
		1684777152,
		4251122042,
		2321926636,
		335633487,
		1661365465,
		4195302755,
		2366115317,
		997073096,
		1281953886,
		3579855332,
		2724688242,
		1006888145,
		1258607687,
		3524101629,
		2768942443,
		901097722,
		1119000684,
		3686517206,
		2898065728,
		853044451,
		1172266101,
		3705015759,
		2882616665,
		651767980,
		1373503546,
		3369554304,
		3218104598,
		565507253,
		1454621731,
		3485111705,
		3099436303,
		671266974,
		1594198024,
		3322730930,
		2970347812,
		795835527,
		1483230225,
		3244367275,
		3060149565,
		1994146192,
		31158534,
		2563907772,
		4023717930,
		1907459465,
		112637215,
		2680153253,
		3904427059,
		2013776290,
		251722036,
		2517215374,
		3775830040,
		2137656763,
		141376813,
		2439277719,
		3865271297,
		1802195444,
		476864866,
		2238001368,
		4066508878,
		1812370925,
		453092731,
		2181625025,
		4111451223,
		1706088902,
		314042704,
		2344532202,
		4240017532,
		1658658271,
		366619977,
		2362670323,
		4224994405,
		1303535960,
		984961486,
		2747007092,
		3569037538,
		1256170817,
		1037604311,
		2765210733,
		3554079995,
		1131014506,
		879679996,
		2909243462,
		3663771856,
		1141124467,
		855842277,
		2852801631,
		3708648649,
		1342533948,
		654459306,
		3188396048,
		3373015174,
		1466479909,
		544179635,
		3110523913,
		3462522015,
		1591671054,
		702138776,
		2966460450,
		3352799412,
		1504918807,
		783551873,
		3082640443,
		3233442989,
		3988292384,
		2596254646,
		62317068,
		1957810842,
		3939845945,
		2647816111,
		81470997,
		1943803523,
		3814918930,
		2489596804,
		225274430,
		2053790376,
		3826175755,
		2466906013,
		167816743,
		2097651377,
		4027552580,
		2265490386,
		503444072,
		1762050814,
		4150417245,
		2154129355,
		426522225,
		1852507879,
		4275313526,
		2312317920,
		282753626,
		1742555852,
		4189708143,
		2394877945,
		397917763,
		1622183637,
		3604390888,
		2714866558,
		953729732,
		1340076626,
		3518719985,
		2797360999,
		1068828381,
		1219638859,
		3624741850,
		2936675148,
		906185462,
		1090812512,
		3747672003,
		2825379669,
		829329135,
		1181335161,
		3412177804,
		3160834842,
		628085408,
		1382605366,
		3423369109,
		3138078467,
		570562233,
		1426400815,
		3317316542,
		2998733608,
		733239954,
		1555261956,
		3268935591,
		3050360625,
		752459403,
		1541320221,
		2607071920,
		3965973030,
		1969922972,
		40735498,
		2617837225,
		3943577151,
		1913087877,
		83908371,
		2512341634,
		3803740692,
		2075208622,
		213261112,
		2463272603,
		3855990285,
		2094854071,
		198958881,
		2262029012,
		4057260610,
		1759359992,
		534414190,
		2176718541,
		4139329115,
		1873836001,
		414664567,
		2282248934,
		4279200368,
		1711684554,
		285281116,
		2405801727,
		4167216745,
		1634467795,
		376229701,
		2685067896,
		3608007406,
		1308918612,
		956543938,
		2808555105,
		3495958263,
		1231636301,
		1047427035,
		2932959818,
		3654703836,
		1088359270,
		936918e3,
		2847714899,
		3736837829,
		1202900863,
		817233897,
		3183342108,
		3401237130,
		1404277552,
		615818150,
		3134207493,
		3453421203,
		1423857449,
		601450431,
		3009837614,
		3294710456,
		1567103746,
		711928724,
		3020668471,
		3272380065,
		1510334235,
		755167117
	]);
	function crc32(buf) {
		let crc = -1;
		for (let x of buf) crc = CRC_TABLE[(crc ^ x) & 255] ^ crc >>> 8;
		return (crc ^ -1) >>> 0;
	}
	module.exports = crc32;
}));
// packages/log/src/bin/zip.ts
var import_yauzl = __commonJSMin(((exports) => {
	var fs = __require("fs");
	var zlib = __require("zlib");
	var fd_slicer = require_fd_slicer();
	var util = __require("util");
	var EventEmitter = __require("events").EventEmitter;
	var Transform = __require("stream").Transform;
	var PassThrough = __require("stream").PassThrough;
	var Writable = __require("stream").Writable;
	const crc32 = typeof zlib.crc32 === "function" ? zlib.crc32 : require_crc32();
	exports.openPromise = openPromise;
	function openPromise(path, options) {
		return new Promise((resolve, reject) => {
			open(path, {
				...options,
				lazyEntries: true
			}, function(err, zipfile) {
				if (err) return reject(err);
				resolve(zipfile);
			});
		});
	}
	function open(path, options, callback) {
		if (typeof options === "function") {
			callback = options;
			options = null;
		}
		if (options == null) options = {};
		if (options.autoClose == null) options.autoClose = true;
		if (options.lazyEntries == null) options.lazyEntries = false;
		if (options.decodeStrings == null) options.decodeStrings = true;
		if (options.validateEntrySizes == null) options.validateEntrySizes = true;
		if (options.strictFileNames == null) options.strictFileNames = false;
		if (callback == null) callback = defaultCallback;
		fs.open(path, "r", function(err, fd) {
			if (err) return callback(err);
			fromFd(fd, options, function(err, zipfile) {
				if (err) fs.close(fd, defaultCallback);
				callback(err, zipfile);
			});
		});
	}
	function fromFd(fd, options, callback) {
		if (typeof options === "function") {
			callback = options;
			options = null;
		}
		if (options == null) options = {};
		if (options.autoClose == null) options.autoClose = false;
		if (options.lazyEntries == null) options.lazyEntries = false;
		if (options.decodeStrings == null) options.decodeStrings = true;
		if (options.validateEntrySizes == null) options.validateEntrySizes = true;
		if (options.strictFileNames == null) options.strictFileNames = false;
		if (callback == null) callback = defaultCallback;
		fs.fstat(fd, function(err, stats) {
			if (err) return callback(err);
			fromRandomAccessReader(new fd_slicer.FdSlicer(fd), stats.size, options, callback);
		});
	}
	function fromRandomAccessReader(reader, totalSize, options, callback) {
		if (typeof options === "function") {
			callback = options;
			options = null;
		}
		if (options == null) options = {};
		if (options.autoClose == null) options.autoClose = true;
		if (options.lazyEntries == null) options.lazyEntries = false;
		if (options.decodeStrings == null) options.decodeStrings = true;
		var decodeStrings = !!options.decodeStrings;
		if (options.validateEntrySizes == null) options.validateEntrySizes = true;
		if (options.strictFileNames == null) options.strictFileNames = false;
		if (callback == null) callback = defaultCallback;
		if (typeof totalSize !== "number") throw new Error("expected totalSize parameter to be a number");
		if (totalSize > Number.MAX_SAFE_INTEGER) throw new Error("zip file too large. only file sizes up to 2^52 are supported due to JavaScript's Number type being an IEEE 754 double.");
		reader.ref();
		var eocdrWithoutCommentSize = 22;
		var zip64EocdlSize = 20;
		var bufferSize = Math.min(zip64EocdlSize + eocdrWithoutCommentSize + 65535, totalSize);
		var buffer = newBuffer(bufferSize);
		readAndAssertNoEof(reader, buffer, 0, bufferSize, totalSize - buffer.length, function(err) {
			if (err) return callback(err);
			for (var i = bufferSize - eocdrWithoutCommentSize; i >= 0; i -= 1) {
				if (buffer.readUInt32LE(i) !== 101010256) continue;
				var eocdrBuffer = buffer.subarray(i);
				var diskNumber = eocdrBuffer.readUInt16LE(4);
				var entryCount = eocdrBuffer.readUInt16LE(10);
				var centralDirectoryOffset = eocdrBuffer.readUInt32LE(16);
				var commentLength = eocdrBuffer.readUInt16LE(20);
				var expectedCommentLength = eocdrBuffer.length - eocdrWithoutCommentSize;
				if (commentLength !== expectedCommentLength) return callback(new Error("Invalid comment length. Expected: " + expectedCommentLength + ". Found: " + commentLength + ". Are there extra bytes at the end of the file? Or is the end of central dir signature `PK☺☻` in the comment?"));
				var comment = decodeStrings ? decodeBuffer(eocdrBuffer.subarray(22), false) : eocdrBuffer.subarray(22);
				if (i - zip64EocdlSize >= 0 && buffer.readUInt32LE(i - zip64EocdlSize) === 117853008) {
					var zip64EocdrOffset = readUInt64LE(buffer.subarray(i - zip64EocdlSize, i - zip64EocdlSize + zip64EocdlSize), 8);
					var zip64EocdrBuffer = newBuffer(56);
					return readAndAssertNoEof(reader, zip64EocdrBuffer, 0, zip64EocdrBuffer.length, zip64EocdrOffset, function(err) {
						if (err) return callback(err);
						if (zip64EocdrBuffer.readUInt32LE(0) !== 101075792) return callback(new Error("invalid zip64 end of central directory record signature"));
						diskNumber = zip64EocdrBuffer.readUInt32LE(16);
						if (diskNumber !== 0) return callback(new Error("multi-disk zip files are not supported: found disk number: " + diskNumber));
						entryCount = readUInt64LE(zip64EocdrBuffer, 32);
						centralDirectoryOffset = readUInt64LE(zip64EocdrBuffer, 48);
						return callback(null, new ZipFile(reader, centralDirectoryOffset, totalSize, entryCount, comment, options.autoClose, options.lazyEntries, decodeStrings, options.validateEntrySizes, options.strictFileNames));
					});
				}
				if (diskNumber !== 0) return callback(new Error("multi-disk zip files are not supported: found disk number: " + diskNumber));
				return callback(null, new ZipFile(reader, centralDirectoryOffset, totalSize, entryCount, comment, options.autoClose, options.lazyEntries, decodeStrings, options.validateEntrySizes, options.strictFileNames));
			}
			callback(new Error("End of central directory record signature not found. Either not a zip file, or file is truncated."));
		});
	}
	util.inherits(ZipFile, EventEmitter);
	function ZipFile(reader, centralDirectoryOffset, fileSize, entryCount, comment, autoClose, lazyEntries, decodeStrings, validateEntrySizes, strictFileNames) {
		var self = this;
		EventEmitter.call(self);
		self.reader = reader;
		self.reader.on("error", function(err) {
			emitError(self, err);
		});
		self.reader.once("close", function() {
			self.emit("close");
		});
		self.readEntryCursor = centralDirectoryOffset;
		self.fileSize = fileSize;
		self.entryCount = entryCount;
		self.comment = comment;
		self.entriesRead = 0;
		self.autoClose = !!autoClose;
		self.lazyEntries = !!lazyEntries;
		self.decodeStrings = !!decodeStrings;
		self.validateEntrySizes = !!validateEntrySizes;
		self.strictFileNames = !!strictFileNames;
		self.isOpen = true;
		self.emittedError = false;
		self.hasEachEntryBeenCalled = false;
		if (!self.lazyEntries) self._readEntry();
	}
	ZipFile.prototype.close = function() {
		if (!this.isOpen) return;
		this.isOpen = false;
		this.reader.unref();
	};
	function emitErrorAndAutoClose(self, err) {
		if (self.autoClose) self.close();
		emitError(self, err);
	}
	function emitError(self, err) {
		if (self.emittedError) return;
		self.emittedError = true;
		self.emit("error", err);
	}
	ZipFile.prototype.readEntry = function() {
		if (!this.lazyEntries) throw new Error("readEntry() called without lazyEntries:true");
		this._readEntry();
	};
	ZipFile.prototype._readEntry = function() {
		var self = this;
		if (self.entryCount === self.entriesRead) {
			setImmediate(function() {
				if (self.autoClose) self.close();
				if (self.emittedError) return;
				self.emit("end");
			});
			return;
		}
		if (self.emittedError) return;
		var buffer = newBuffer(46);
		readAndAssertNoEof(self.reader, buffer, 0, buffer.length, self.readEntryCursor, function(err) {
			if (err) return emitErrorAndAutoClose(self, err);
			if (self.emittedError) return;
			var entry = new Entry();
			var signature = buffer.readUInt32LE(0);
			if (signature !== 33639248) return emitErrorAndAutoClose(self, new Error("invalid central directory file header signature: 0x" + signature.toString(16)));
			entry.versionMadeBy = buffer.readUInt16LE(4);
			entry.versionNeededToExtract = buffer.readUInt16LE(6);
			entry.generalPurposeBitFlag = buffer.readUInt16LE(8);
			entry.compressionMethod = buffer.readUInt16LE(10);
			entry.lastModFileTime = buffer.readUInt16LE(12);
			entry.lastModFileDate = buffer.readUInt16LE(14);
			entry.crc32 = buffer.readUInt32LE(16);
			entry.compressedSize = buffer.readUInt32LE(20);
			entry.uncompressedSize = buffer.readUInt32LE(24);
			entry.fileNameLength = buffer.readUInt16LE(28);
			entry.extraFieldLength = buffer.readUInt16LE(30);
			entry.fileCommentLength = buffer.readUInt16LE(32);
			entry.internalFileAttributes = buffer.readUInt16LE(36);
			entry.externalFileAttributes = buffer.readUInt32LE(38);
			entry.relativeOffsetOfLocalHeader = buffer.readUInt32LE(42);
			if (entry.generalPurposeBitFlag & 64) return emitErrorAndAutoClose(self, new Error("strong encryption is not supported"));
			self.readEntryCursor += 46;
			buffer = newBuffer(entry.fileNameLength + entry.extraFieldLength + entry.fileCommentLength);
			readAndAssertNoEof(self.reader, buffer, 0, buffer.length, self.readEntryCursor, function(err) {
				if (err) return emitErrorAndAutoClose(self, err);
				if (self.emittedError) return;
				entry.fileNameRaw = buffer.subarray(0, entry.fileNameLength);
				var fileCommentStart = entry.fileNameLength + entry.extraFieldLength;
				entry.extraFieldRaw = buffer.subarray(entry.fileNameLength, fileCommentStart);
				entry.fileCommentRaw = buffer.subarray(fileCommentStart, fileCommentStart + entry.fileCommentLength);
				try {
					entry.extraFields = parseExtraFields(entry.extraFieldRaw);
				} catch (err) {
					return emitErrorAndAutoClose(self, err);
				}
				if (self.decodeStrings) {
					var isUtf8 = (entry.generalPurposeBitFlag & 2048) !== 0;
					entry.fileComment = decodeBuffer(entry.fileCommentRaw, isUtf8);
					entry.fileName = getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, self.strictFileNames);
					var errorMessage = validateFileName(entry.fileName);
					if (errorMessage != null) return emitErrorAndAutoClose(self, new Error(errorMessage));
				} else {
					entry.fileComment = entry.fileCommentRaw;
					entry.fileName = entry.fileNameRaw;
				}
				entry.comment = entry.fileComment;
				self.readEntryCursor += buffer.length;
				self.entriesRead += 1;
				for (var i = 0; i < entry.extraFields.length; i++) {
					var extraField = entry.extraFields[i];
					if (extraField.id !== 1) continue;
					var zip64EiefBuffer = extraField.data;
					var index = 0;
					if (entry.uncompressedSize === 4294967295) {
						if (index + 8 > zip64EiefBuffer.length) return emitErrorAndAutoClose(self, new Error("zip64 extended information extra field does not include uncompressed size"));
						entry.uncompressedSize = readUInt64LE(zip64EiefBuffer, index);
						index += 8;
					}
					if (entry.compressedSize === 4294967295) {
						if (index + 8 > zip64EiefBuffer.length) return emitErrorAndAutoClose(self, new Error("zip64 extended information extra field does not include compressed size"));
						entry.compressedSize = readUInt64LE(zip64EiefBuffer, index);
						index += 8;
					}
					if (entry.relativeOffsetOfLocalHeader === 4294967295) {
						if (index + 8 > zip64EiefBuffer.length) return emitErrorAndAutoClose(self, new Error("zip64 extended information extra field does not include relative header offset"));
						entry.relativeOffsetOfLocalHeader = readUInt64LE(zip64EiefBuffer, index);
						index += 8;
					}
					break;
				}
				if (self.validateEntrySizes && entry.compressionMethod === 0) {
					var expectedCompressedSize = entry.uncompressedSize;
					if (entry.isEncrypted()) expectedCompressedSize += 12;
					if (entry.compressedSize !== expectedCompressedSize) {
						var msg = "compressed/uncompressed size mismatch for stored file: " + entry.compressedSize + " != " + entry.uncompressedSize;
						return emitErrorAndAutoClose(self, new Error(msg));
					}
				}
				self.emit("entry", entry);
				if (!self.lazyEntries) self._readEntry();
			});
		});
	};
	ZipFile.prototype.eachEntry = function() {
		const self = this;
		if (!self.lazyEntries) throw new Error("eachEntry() requires lazyEntries: true");
		if (self.hasEachEntryBeenCalled) throw new Error("eachEntry() must only be called once per ZipFile");
		self.hasEachEntryBeenCalled = true;
		let pendingResolveReject = null;
		self.on("entry", onEntry);
		self.on("end", onEnd);
		self.on("error", onError);
		function cleanup() {
			self.removeListener("entry", onEntry);
			self.removeListener("end", onEnd);
			self.removeListener("error", onError);
			if (self.autoClose) self.close();
		}
		function onEntry(entry) {
			let { resolve } = pendingResolveReject;
			pendingResolveReject = null;
			resolve({ value: entry });
		}
		function onEnd() {
			let { resolve } = pendingResolveReject;
			pendingResolveReject = null;
			cleanup();
			resolve({ done: true });
		}
		function onError(err) {
			let { reject } = pendingResolveReject;
			pendingResolveReject = null;
			cleanup();
			reject(err);
		}
		return {
			[Symbol.asyncIterator]() {
				return this;
			},
			next() {
				const promise = new Promise((resolve, reject) => {
					if (pendingResolveReject != null) throw new Error("next() called before previous Promise was resolved.");
					pendingResolveReject = {
						resolve,
						reject
					};
				});
				self.readEntry();
				return promise;
			},
			return(value) {
				cleanup();
				return Promise.resolve({
					done: true,
					value
				});
			},
			throw(value) {
				cleanup();
				return Promise.reject(value);
			}
		};
	};
	ZipFile.prototype.openReadStream = function(entry, options, callback) {
		var self = this;
		var relativeStart = 0;
		var relativeEnd = entry.compressedSize;
		if (callback == null) {
			callback = options;
			options = null;
		}
		if (options == null) options = {};
		else {
			if (options.decodeFileData === false) {
				if (options.decrypt != null) throw new Error("cannot use options.decrypt when options.decodeFileData === false");
				if (options.decompress != null) throw new Error("cannot use options.decompress when options.decodeFileData === false");
			} else {
				if (options.decrypt != null) {
					if (!entry.isEncrypted()) throw new Error("options.decrypt can only be specified for encrypted entries. See also option decodeFileData.");
					if (options.decrypt !== false) throw new Error("invalid options.decrypt value: " + options.decrypt);
					if (entry.isCompressed()) {
						if (options.decompress !== false) throw new Error("entry is encrypted and compressed, and options.decompress !== false. See also option decodeFileData.");
					}
				}
				if (options.decompress != null) {
					if (!entry.isCompressed()) throw new Error("options.decompress can only be specified for compressed entries. See also option decodeFileData.");
					if (!(options.decompress === false || options.decompress === true)) throw new Error("invalid options.decompress value: " + options.decompress);
					decompress = options.decompress;
				}
			}
			if (options.start != null) {
				relativeStart = options.start;
				if (relativeStart < 0) throw new Error("options.start < 0");
				if (relativeStart > entry.compressedSize) throw new Error("options.start > entry.compressedSize");
			}
			if (options.end != null) {
				relativeEnd = options.end;
				if (relativeEnd < 0) throw new Error("options.end < 0");
				if (relativeEnd > entry.compressedSize) throw new Error("options.end > entry.compressedSize");
				if (relativeEnd < relativeStart) throw new Error("options.end < options.start");
			}
		}
		var rawMode = options.decodeFileData === false || (entry.compressionMethod === 0 || entry.compressionMethod === 8 && options.decompress === false) && (!entry.isEncrypted() || options.decrypt === false);
		if (options.start != null || options.end != null) {
			if (!rawMode) throw new Error("start/end range require options.decodeFileData === false for non-trivial encoded entries.");
		}
		if (!self.isOpen) return callback(new Error("closed"));
		if (entry.isEncrypted() && !rawMode) {
			if (options.decrypt !== false) return callback(new Error("entry is encrypted, and options.decodeFileData !== false"));
		}
		var decompress;
		if (rawMode) decompress = false;
		else if (entry.compressionMethod === 8) decompress = options.decodeFileData !== true;
		else return callback(new Error("unsupported compression method: " + entry.compressionMethod));
		self.readLocalFileHeader(entry, { minimal: true }, function(err, localFileHeader) {
			if (err) return callback(err);
			self.openReadStreamLowLevel(localFileHeader.fileDataStart, entry.compressedSize, relativeStart, relativeEnd, decompress, entry.uncompressedSize, callback);
		});
	};
	ZipFile.prototype.openReadStreamLowLevel = function(fileDataStart, compressedSize, relativeStart, relativeEnd, decompress, uncompressedSize, callback) {
		var self = this;
		fileDataStart + compressedSize;
		var readStream = self.reader.createReadStream({
			start: fileDataStart + relativeStart,
			end: fileDataStart + relativeEnd
		});
		var endpointStream = readStream;
		if (decompress) {
			var destroyed = false;
			var inflateFilter = zlib.createInflateRaw();
			readStream.on("error", function(err) {
				setImmediate(function() {
					if (!destroyed) inflateFilter.emit("error", err);
				});
			});
			readStream.pipe(inflateFilter);
			if (self.validateEntrySizes) {
				endpointStream = new AssertByteCountStream(uncompressedSize);
				inflateFilter.on("error", function(err) {
					setImmediate(function() {
						if (!destroyed) endpointStream.emit("error", err);
					});
				});
				inflateFilter.pipe(endpointStream);
			} else endpointStream = inflateFilter;
			installDestroyFn(endpointStream, function() {
				destroyed = true;
				if (inflateFilter !== endpointStream) inflateFilter.unpipe(endpointStream);
				readStream.unpipe(inflateFilter);
				readStream.destroy();
			});
		}
		callback(null, endpointStream);
	};
	ZipFile.prototype.readLocalFileHeader = function(entry, options, callback) {
		var self = this;
		if (callback == null) {
			callback = options;
			options = null;
		}
		if (options == null) options = {};
		self.reader.ref();
		var buffer = newBuffer(30);
		readAndAssertNoEof(self.reader, buffer, 0, buffer.length, entry.relativeOffsetOfLocalHeader, function(err) {
			try {
				if (err) return callback(err);
				var signature = buffer.readUInt32LE(0);
				if (signature !== 67324752) return callback(new Error("invalid local file header signature: 0x" + signature.toString(16)));
				var fileNameLength = buffer.readUInt16LE(26);
				var extraFieldLength = buffer.readUInt16LE(28);
				var fileDataStart = entry.relativeOffsetOfLocalHeader + 30 + fileNameLength + extraFieldLength;
				if (fileDataStart + entry.compressedSize > self.fileSize) return callback(new Error("file data overflows file bounds: " + fileDataStart + " + " + entry.compressedSize + " > " + self.fileSize));
				if (options.minimal) return callback(null, { fileDataStart });
				var localFileHeader = new LocalFileHeader();
				localFileHeader.fileDataStart = fileDataStart;
				localFileHeader.versionNeededToExtract = buffer.readUInt16LE(4);
				localFileHeader.generalPurposeBitFlag = buffer.readUInt16LE(6);
				localFileHeader.compressionMethod = buffer.readUInt16LE(8);
				localFileHeader.lastModFileTime = buffer.readUInt16LE(10);
				localFileHeader.lastModFileDate = buffer.readUInt16LE(12);
				localFileHeader.crc32 = buffer.readUInt32LE(14);
				localFileHeader.compressedSize = buffer.readUInt32LE(18);
				localFileHeader.uncompressedSize = buffer.readUInt32LE(22);
				localFileHeader.fileNameLength = fileNameLength;
				localFileHeader.extraFieldLength = extraFieldLength;
				buffer = newBuffer(fileNameLength + extraFieldLength);
				self.reader.ref();
				readAndAssertNoEof(self.reader, buffer, 0, buffer.length, entry.relativeOffsetOfLocalHeader + 30, function(err) {
					try {
						if (err) return callback(err);
						localFileHeader.fileName = buffer.subarray(0, fileNameLength);
						localFileHeader.extraField = buffer.subarray(fileNameLength);
						return callback(null, localFileHeader);
					} finally {
						self.reader.unref();
					}
				});
			} finally {
				self.reader.unref();
			}
		});
	};
	ZipFile.prototype.openReadStreamPromise = function(entry, options) {
		return new Promise((resolve, reject) => {
			this.openReadStream(entry, options, function(err, readStream) {
				if (err) return reject(err);
				resolve(readStream);
			});
		});
	};
	ZipFile.prototype.openReadStreamLowLevelPromise = function(fileDataStart, compressedSize, relativeStart, relativeEnd, decompress, uncompressedSize) {
		return new Promise((resolve, reject) => {
			this.openReadStream(fileDataStart, compressedSize, relativeStart, relativeEnd, decompress, uncompressedSize, function(err, readStream) {
				if (err) return reject(err);
				resolve(readStream);
			});
		});
	};
	ZipFile.prototype.readLocalFileHeaderPromise = function(entry, options) {
		return new Promise((resolve, reject) => {
			this.readLocalFileHeader(entry, options, function(err, localFileHeader) {
				if (err) return reject(err);
				resolve(localFileHeader);
			});
		});
	};
	function Entry() {}
	Entry.prototype.getLastModDate = function(options) {
		if (options == null) options = {};
		if (!options.forceDosFormat) for (var i = 0; i < this.extraFields.length; i++) {
			var extraField = this.extraFields[i];
			if (extraField.id === 21589) {
				var data = extraField.data;
				if (data.length < 5) continue;
				if (!(data[0] & 1)) continue;
				var posixTimestamp = data.readInt32LE(1);
				return new Date(posixTimestamp * 1e3);
			} else if (extraField.id === 10) {
				var data = extraField.data;
				if (data.length !== 32) continue;
				if (data.readUInt16LE(4) !== 1) continue;
				if (data.readUInt16LE(6) !== 24) continue;
				var millisecondsSince1970 = (data.readUInt32LE(8) + 4294967296 * data.readInt32LE(12)) / 1e4 - 0xa9730b66800;
				return new Date(millisecondsSince1970);
			}
		}
		return dosDateTimeToDate(this.lastModFileDate, this.lastModFileTime, options.timezone);
	};
	Entry.prototype.canDecodeFileData = function() {
		return !this.isEncrypted() && (this.compressionMethod === 0 || this.compressionMethod === 8);
	};
	Entry.prototype.isEncrypted = function() {
		return (this.generalPurposeBitFlag & 1) !== 0;
	};
	Entry.prototype.isCompressed = function() {
		return this.compressionMethod === 8;
	};
	function LocalFileHeader() {}
	function dosDateTimeToDate(date, time, timezone) {
		var day = date & 31;
		var month = (date >> 5 & 15) - 1;
		var year = (date >> 9 & 127) + 1980;
		var millisecond = 0;
		var second = (time & 31) * 2;
		var minute = time >> 5 & 63;
		var hour = time >> 11 & 31;
		if (timezone == null || timezone === "local") return new Date(year, month, day, hour, minute, second, millisecond);
		else if (timezone === "UTC") return new Date(Date.UTC(year, month, day, hour, minute, second, millisecond));
		else throw new Error("unrecognized options.timezone: " + options.timezone);
	}
	function getFileNameLowLevel(generalPurposeBitFlag, fileNameBuffer, extraFields, strictFileNames) {
		var fileName = null;
		for (var i = 0; i < extraFields.length; i++) {
			var extraField = extraFields[i];
			if (extraField.id === 28789) {
				if (extraField.data.length < 6) continue;
				if (extraField.data.readUInt8(0) !== 1) continue;
				var oldNameCrc32 = extraField.data.readUInt32LE(1);
				if (crc32(fileNameBuffer) !== oldNameCrc32) continue;
				fileName = decodeBuffer(extraField.data.subarray(5), true);
				break;
			}
		}
		if (fileName == null) fileName = decodeBuffer(fileNameBuffer, (generalPurposeBitFlag & 2048) !== 0);
		if (!strictFileNames) fileName = fileName.replace(/\\/g, "/");
		return fileName;
	}
	function validateFileName(fileName) {
		if (fileName.indexOf("\\") !== -1) return "invalid characters in fileName: " + fileName;
		if (/^[a-zA-Z]:/.test(fileName) || /^\//.test(fileName)) return "absolute path: " + fileName;
		if (fileName.split("/").indexOf("..") !== -1) return "invalid relative path: " + fileName;
		return null;
	}
	function parseExtraFields(extraFieldBuffer) {
		var extraFields = [];
		var i = 0;
		while (i < extraFieldBuffer.length - 3) {
			var headerId = extraFieldBuffer.readUInt16LE(i + 0);
			var dataSize = extraFieldBuffer.readUInt16LE(i + 2);
			var dataStart = i + 4;
			var dataEnd = dataStart + dataSize;
			if (dataEnd > extraFieldBuffer.length) throw new Error("extra field length exceeds extra field buffer size");
			var dataBuffer = extraFieldBuffer.subarray(dataStart, dataEnd);
			extraFields.push({
				id: headerId,
				data: dataBuffer
			});
			i = dataEnd;
		}
		return extraFields;
	}
	function readAndAssertNoEof(reader, buffer, offset, length, position, callback) {
		if (length === 0) return setImmediate(function() {
			callback(null, newBuffer(0));
		});
		reader.read(buffer, offset, length, position, function(err, bytesRead) {
			if (err) return callback(err);
			if (bytesRead < length) return callback(new Error("unexpected EOF"));
			callback();
		});
	}
	util.inherits(AssertByteCountStream, Transform);
	function AssertByteCountStream(byteCount) {
		Transform.call(this);
		this.actualByteCount = 0;
		this.expectedByteCount = byteCount;
	}
	AssertByteCountStream.prototype._transform = function(chunk, encoding, cb) {
		this.actualByteCount += chunk.length;
		if (this.actualByteCount > this.expectedByteCount) {
			var msg = "too many bytes in the stream. expected " + this.expectedByteCount + ". got at least " + this.actualByteCount;
			return cb(new Error(msg));
		}
		cb(null, chunk);
	};
	AssertByteCountStream.prototype._flush = function(cb) {
		if (this.actualByteCount < this.expectedByteCount) {
			var msg = "not enough bytes in the stream. expected " + this.expectedByteCount + ". got only " + this.actualByteCount;
			return cb(new Error(msg));
		}
		cb();
	};
	util.inherits(RandomAccessReader, EventEmitter);
	function RandomAccessReader() {
		EventEmitter.call(this);
		this.refCount = 0;
	}
	RandomAccessReader.prototype.ref = function() {
		this.refCount += 1;
	};
	RandomAccessReader.prototype.unref = function() {
		var self = this;
		self.refCount -= 1;
		if (self.refCount > 0) return;
		if (self.refCount < 0) throw new Error("invalid unref");
		self.close(onCloseDone);
		function onCloseDone(err) {
			if (err) return self.emit("error", err);
			self.emit("close");
		}
	};
	RandomAccessReader.prototype.createReadStream = function(options) {
		if (options == null) options = {};
		var start = options.start;
		var end = options.end;
		if (start === end) {
			var emptyStream = new PassThrough();
			setImmediate(function() {
				emptyStream.end();
			});
			return emptyStream;
		}
		var stream = this._readStreamForRange(start, end);
		var destroyed = false;
		var refUnrefFilter = new RefUnrefFilter(this);
		stream.on("error", function(err) {
			setImmediate(function() {
				if (!destroyed) refUnrefFilter.emit("error", err);
			});
		});
		installDestroyFn(refUnrefFilter, function() {
			stream.unpipe(refUnrefFilter);
			refUnrefFilter.unref();
			stream.destroy();
		});
		var byteCounter = new AssertByteCountStream(end - start);
		refUnrefFilter.on("error", function(err) {
			setImmediate(function() {
				if (!destroyed) byteCounter.emit("error", err);
			});
		});
		installDestroyFn(byteCounter, function() {
			destroyed = true;
			refUnrefFilter.unpipe(byteCounter);
			refUnrefFilter.destroy();
		});
		return stream.pipe(refUnrefFilter).pipe(byteCounter);
	};
	RandomAccessReader.prototype._readStreamForRange = function(start, end) {
		throw new Error("not implemented");
	};
	RandomAccessReader.prototype.read = function(buffer, offset, length, position, callback) {
		var readStream = this.createReadStream({
			start: position,
			end: position + length
		});
		var writeStream = new Writable();
		var written = 0;
		writeStream._write = function(chunk, encoding, cb) {
			chunk.copy(buffer, offset + written, 0, chunk.length);
			written += chunk.length;
			cb();
		};
		writeStream.on("finish", callback);
		readStream.on("error", function(error) {
			callback(error);
		});
		readStream.pipe(writeStream);
	};
	RandomAccessReader.prototype.close = function(callback) {
		setImmediate(callback);
	};
	util.inherits(RefUnrefFilter, PassThrough);
	function RefUnrefFilter(context) {
		PassThrough.call(this);
		this.context = context;
		this.context.ref();
		this.unreffedYet = false;
	}
	RefUnrefFilter.prototype._flush = function(cb) {
		this.unref();
		cb();
	};
	RefUnrefFilter.prototype.unref = function(cb) {
		if (this.unreffedYet) return;
		this.unreffedYet = true;
		this.context.unref();
	};
	var cp437 = "\0☺☻♥♦♣♠•◘○◙♂♀♪♫☼►◄↕‼¶§▬↨↑↓→←∟↔▲▼ !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~⌂ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\xA0";
	function decodeBuffer(buffer, isUtf8) {
		if (isUtf8) return buffer.toString("utf8");
		else {
			var result = "";
			for (var i = 0; i < buffer.length; i++) result += cp437[buffer[i]];
			return result;
		}
	}
	function readUInt64LE(buffer, offset) {
		var lower32 = buffer.readUInt32LE(offset);
		return buffer.readUInt32LE(offset + 4) * 4294967296 + lower32;
	}
	var newBuffer;
	if (typeof Buffer.allocUnsafe === "function") newBuffer = function(len) {
		return Buffer.allocUnsafe(len);
	};
	else newBuffer = function(len) {
		return new Buffer(len);
	};
	function installDestroyFn(stream, fn) {
		if (typeof stream.destroy === "function") stream._destroy = function(err, cb) {
			fn();
			if (cb != null) cb(err);
		};
		else stream.destroy = fn;
	}
	function defaultCallback(err) {
		if (err) throw err;
	}
}))();
const versions = new Set([
	10,
	20,
	45
]);
const folders = new Set([
	"",
	"data/",
	"data/media/"
]);
const zip64Mark = 4294967295;
/**
* Opens a zipped export. Two programs may read one zip differently, so this takes only what all read alike: one top folder, no name twice,
* plain files, local headers that say what the directory says, no byte between, before or behind.
* @throws {ExportError} `bad-zip`.
*/
async function openZip(path) {
	const bad = (name, why) => new ExportError("bad-zip", name, null, why);
	const name = basename(path);
	let zip;
	try {
		zip = await (0, import_yauzl.openPromise)(path, {
			autoClose: false,
			lazyEntries: true,
			strictFileNames: true
		});
	} catch (error) {
		throw bad(name, `is no zip file: ${error instanceof Error ? error.message : String(error)}`);
	}
	const handle = await open(path);
	const close = async () => {
		zip.close();
		await handle.close();
	};
	try {
		const entries = await readDirectory(zip, name, handle);
		return {
			list: async () => [...entries.keys()],
			read: (file) => contentOf(zip, file, entries.get(file)),
			close
		};
	} catch (error) {
		await close();
		if (error instanceof ExportError || !(error instanceof Error)) throw error;
		throw bad(name, `is a broken zip file: ${error.message}`);
	}
}
/** The files by their path in the bag. */
async function readDirectory(zip, name, handle) {
	const bad = (file, why) => new ExportError("bad-zip", file, null, why);
	const directoryStart = cursorOf(zip);
	const all = [];
	for await (const entry of zip.eachEntry()) all.push(entry);
	const directory = Buffer.alloc(zip.fileSize - directoryStart);
	await handle.read(directory, 0, directory.length, directoryStart);
	const why = checkDirectory(directory, all, directoryStart, cursorOf(zip) - directoryStart);
	if (why !== null) throw bad(name, why);
	const files = new Map();
	const top = all[0]?.fileName.split("/")[0] ?? "";
	for (const entry of all) {
		const { fileName } = entry;
		if (!fileName.startsWith(`${top}/`)) throw bad(fileName, `lies outside of the one top folder ${top}/`);
		if (entry.fileNameRaw.toString() !== fileName || entry.fileComment !== "") throw bad(fileName, "has a second name or a comment");
		if (!entry.canDecodeFileData()) throw bad(fileName, "is encrypted or compressed in an unknown way");
		const inBag = fileName.slice(top.length + 1);
		if (!isPlain(entry)) throw bad(fileName, "is a link or device");
		if (folders.has(inBag)) continue;
		if (inBag.endsWith("/")) throw bad(fileName, "is no folder of an export");
		if (files.has(inBag)) throw bad(fileName, "is there twice");
		files.set(inBag, entry);
	}
	let at = 0;
	for (const entry of all.sort((a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader)) {
		if (entry.relativeOffsetOfLocalHeader !== at) throw bad(entry.fileName, "overlaps another, or bytes lie before it that belong to no file");
		const local = await zip.readLocalFileHeaderPromise(entry);
		if (!(local.fileName.equals(entry.fileNameRaw) && local.compressionMethod === entry.compressionMethod && local.generalPurposeBitFlag === entry.generalPurposeBitFlag && versions.has(local.versionNeededToExtract) && local.lastModFileDate === entry.lastModFileDate && local.lastModFileTime === entry.lastModFileTime && agrees(local.crc32, entry.crc32, entry) && agrees(local.compressedSize, entry.compressedSize, entry) && agrees(local.uncompressedSize, entry.uncompressedSize, entry))) throw bad(entry.fileName, "has a local header that differs from the directory");
		at = local.fileDataStart + entry.compressedSize;
		if (isStreamed(entry)) at += await descriptorLength(handle, at, entry);
	}
	if (at !== directoryStart) throw bad(name, "holds bytes before its directory that belong to no file");
	return files;
}
/**
* What yauzl passes over in the central directory: fields of an entry with one possible value, and the end records, which must be all that
* follows. Says what is wrong, or null.
*/
function checkDirectory(bytes, entries, start, length) {
	let at = 0;
	for (const entry of entries) {
		if (!versions.has(entry.versionNeededToExtract) || (entry.generalPurposeBitFlag & -2063) !== 0 || bytes.readUInt16LE(at + 34) !== 0 || entry.internalFileAttributes > 1) return `has an odd directory entry for ${entry.fileName}`;
		at += 46 + entry.fileNameLength + entry.extraFieldLength + entry.fileCommentLength;
	}
	const end = bytes.subarray(length);
	const count = BigInt(entries.length);
	if (end.length === 22) return end.equals(record("504b0506", [2, 0n], [2, 0n], [2, count], [2, count], [4, BigInt(length)], [4, BigInt(start)], [2, 0n])) ? null : "has an end record that differs from its directory";
	if (end.length !== 98) return "holds bytes behind its directory";
	const [big, offset] = [BigInt(length), BigInt(start)];
	const writer = end.subarray(12, 16).readUInt32LE();
	const zip64 = record("504b0606", [8, 44n], [4, BigInt(writer)], [4, 0n], [4, 0n], [8, count], [8, count], [8, big], [8, offset]);
	const locator = record("504b0607", [4, 0n], [8, offset + big], [4, 1n]);
	const last = end.subarray(76);
	const fits = ([at, width, value]) => {
		const found = BigInt(last.readUIntLE(at, width));
		return found === value || found === 2n ** BigInt(8 * width) - 1n;
	};
	const fields = [
		[
			4,
			2,
			0n
		],
		[
			6,
			2,
			0n
		],
		[
			8,
			2,
			count
		],
		[
			10,
			2,
			count
		],
		[
			12,
			4,
			big
		],
		[
			16,
			4,
			offset
		]
	];
	return Buffer.concat([zip64, locator]).equals(end.subarray(0, 76)) && fields.every(fits) && last.readUInt16LE(20) === 0 ? null : "has end records that differ from its directory";
}
/** A record of a zip: signature in hex, then fields of so many bytes, little-endian. */
function record(signature, ...fields) {
	const parts = fields.map(([width, value]) => {
		const part = Buffer.alloc(8);
		part.writeBigUInt64LE(value);
		return part.subarray(0, width);
	});
	return Buffer.concat([Buffer.from(signature, "hex"), ...parts]);
}
async function* contentOf(zip, file, entry) {
	if (entry === void 0) throw new ExportError("missing-file", file, null, "is missing");
	let crc = 0;
	try {
		for await (const chunk of await zip.openReadStreamPromise(entry)) {
			crc = crc32(chunk, crc);
			yield chunk;
		}
	} catch (error) {
		if (error instanceof ExportError || !(error instanceof Error)) throw error;
		throw new ExportError("bad-zip", file, null, `cannot be unpacked: ${error.message}`);
	}
	if (crc !== entry.crc32) throw new ExportError("bad-zip", file, null, "does not have the CRC-32 that the zip directory gives");
}
/** Written without knowing its size beforehand: header fields are 0 and a data descriptor follows. */
const isStreamed = (entry) => (entry.generalPurposeBitFlag & 8) !== 0;
const agrees = (local, central, entry) => local === central || local === zip64Mark || isStreamed(entry) && local === 0;
/** Bytes of the data descriptor at this place: with or without signature, sizes of 4 or 8 bytes. */
async function descriptorLength(handle, at, entry) {
	const { buffer, bytesRead } = await handle.read(Buffer.alloc(24), 0, 24, at);
	const found = buffer.subarray(0, bytesRead);
	const small = entry.compressedSize < zip64Mark && entry.uncompressedSize < zip64Mark;
	const sizes = [BigInt(entry.compressedSize), BigInt(entry.uncompressedSize)];
	for (const signature of ["504b0708", ""]) for (const width of small ? [8, 4] : [8]) {
		const expected = record(signature, [4, BigInt(entry.crc32)], [width, sizes[0]], [width, sizes[1]]);
		if (found.subarray(0, expected.length).equals(expected)) return expected.length;
	}
	throw new ExportError("bad-zip", entry.fileName, null, "has a data descriptor that differs from the directory");
}
/** A file or folder by its Unix mode, where it has one. */
function isPlain(entry) {
	const type = entry.externalFileAttributes >>> 16 & 61440;
	return type === 0 || type === 32768 || type === 16384 && entry.fileName.endsWith("/");
}
const cursorOf = (zip) => zip.readEntryCursor;
// packages/log/src/bin/run.ts
const usage = `usage: perisai-verify EXPORT [--vkey FILE] [--json]

  EXPORT       a records export: the zip file, or the folder it was unpacked to (the one with bagit.txt)
  --vkey FILE  the log's verifier key, got elsewhere than from the export; the export's must be the same
  --json       print the result as one line of JSON

Exit code 0: all of it holds. 1: it does not; the first file and line that fails is named. 2: called wrongly.`;
var UsageError = class extends Error {};
/**
* The program `perisai-verify`.
* @param args what follows the program's name.
* @returns the exit code.
*/
async function run(args, { out, err }) {
	let json = false;
	try {
		const call = await readCall(args);
		json = call.json;
		if (call.help) {
			out(usage);
			return 0;
		}
		const report = await verifyAt(call.path, call.isFolder, call.vkey, (n) => err(`${n} records verified …`));
		out(json ? JSON.stringify({
			ok: true,
			...report
		}) : verdict(report));
		return 0;
	} catch (error) {
		if (error instanceof UsageError) {
			err(`${error.message}\n\n${usage}`);
			return 2;
		}
		if (!(error instanceof ExportError)) throw error;
		const { code, file, line, reason } = error;
		if (json) out(JSON.stringify({
			ok: false,
			code,
			file,
			line,
			reason
		}));
		err(`failed: ${error.message}`);
		return 1;
	}
}
async function readCall(args) {
	const { values, positionals } = parse(args);
	const { vkey, json = false, help = false } = values;
	const [path = ""] = positionals;
	if (help) return {
		help,
		json,
		path,
		isFolder: false,
		vkey: void 0
	};
	if (positionals.length !== 1) throw new UsageError("name one export");
	return {
		help,
		json,
		path,
		isFolder: await isFolder(path),
		vkey: vkey === void 0 ? void 0 : await readKey(vkey)
	};
}
function parse(args) {
	try {
		const options = {
			vkey: { type: "string" },
			json: { type: "boolean" },
			help: {
				type: "boolean",
				short: "h"
			}
		};
		return parseArgs({
			args: [...args],
			options,
			allowPositionals: true
		});
	} catch (error) {
		throw new UsageError(error instanceof Error ? error.message : String(error));
	}
}
async function isFolder(path) {
	try {
		return (await stat(path)).isDirectory();
	} catch {
		throw new UsageError(`there is no ${path}`);
	}
}
async function readKey(file) {
	try {
		const vkey = (await readFile(file, "utf8")).trim();
		parseVkey(vkey);
		return vkey;
	} catch (error) {
		throw new UsageError(`the key file ${file} ${error instanceof NoteError ? error.message : "cannot be read"}`);
	}
}
async function verifyAt(path, folder, vkey, onProgress) {
	const source = folder ? openFolder(path) : await openZip(path);
	try {
		return await verifyExport(source, vkey === void 0 ? { onProgress } : {
			vkey,
			onProgress
		});
	} finally {
		await source.close();
	}
}
function verdict(report) {
	const lines = [
		`verified: ${report.records} records, checkpoint size ${report.size}, origin ${report.origin}, ${report.openings} openings, ${report.media} media files`,
		`root      ${report.root}`,
		`key       ${report.vkey}`,
		report.keyCompared ? "          the same as the key that was given" : "          not compared: give --vkey FILE with the key got from elsewhere"
	];
	if (report.oldSize !== null) lines.push(`continues the checkpoint of size ${report.oldSize}`);
	if (report.backDated > 0) lines.push(`note: ${report.backDated} records were recorded more than 60 s before an earlier one in the log: a sign of back-dating`);
	return lines.join("\n");
}
// packages/log/src/bin/perisai-verify.ts
process.exitCode = await run(process.argv.slice(2), {
	out: (line) => console.log(line),
	err: (line) => console.error(line)
});
export {};
