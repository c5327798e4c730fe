// SPDX-License-Identifier: Apache-2.0
// A browser's picture made small enough to be kept in docs/: at most 32 colours, the same bytes for the same pixels.
// Reads and writes PNG of eight bits a sample, not interlaced, as Chromium makes them.
import assert from "node:assert/strict";
import { deflateSync, inflateSync } from "node:zlib";

const COLOURS = 32, SIGNATURE = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);

function chunksOf(png) {
  const chunks = [];
  for (let at = 8; at < png.length;) {
    const length = png.readUInt32BE(at);
    chunks.push([png.toString("latin1", at + 4, at + 8), png.subarray(at + 8, at + 8 + length)]);
    at += length + 12;
  }
  return chunks;
}

// The predictor of filter 4 (Paeth).
function nearest(left, up, corner) {
  const a = Math.abs(up - corner), b = Math.abs(left - corner), c = Math.abs(left + up - 2 * corner);
  return a <= b && a <= c ? left : b <= c ? up : corner;
}

function pixelsOf(png) {
  const chunks = chunksOf(png), head = chunks.find(c => c[0] === "IHDR")[1];
  const width = head.readUInt32BE(0), height = head.readUInt32BE(4), samples = { 2: 3, 6: 4 }[head[9]];
  assert.ok(samples && head[8] === 8 && head[12] === 0, "a PNG as Chromium makes it");
  const raw = inflateSync(Buffer.concat(chunks.filter(c => c[0] === "IDAT").map(c => c[1])));
  const line = width * samples, out = Buffer.alloc(line * height);
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (line + 1)], from = y * (line + 1) + 1, to = y * line;
    for (let x = 0; x < line; x++) {
      const left = x < samples ? 0 : out[to + x - samples], up = y ? out[to + x - line] : 0;
      const corner = y && x >= samples ? out[to + x - line - samples] : 0;
      out[to + x] = raw[from + x] + [0, left, up, (left + up) >> 1, nearest(left, up, corner)][filter];
    }
  }
  return { width, height, samples, out };
}

// The colours that most pixels have; every other becomes the nearest of them.
function paletteOf(colours) {
  const count = new Map();
  for (const c of colours) count.set(c, (count.get(c) ?? 0) + 1);
  const palette = [...count].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, COLOURS).map(c => c[0]);
  const far = (a, b) => ((a >> 16) - (b >> 16)) ** 2 + (((a >> 8) & 255) - ((b >> 8) & 255)) ** 2 + ((a & 255) - (b & 255)) ** 2;
  const place = new Map([...count.keys()].map(c => [c, palette.reduce((best, p, i) => (far(p, c) < far(palette[best], c) ? i : best), 0)]));
  return { palette, place };
}

const CRC = Array.from({ length: 256 }, (_, n) => { for (let k = 0; k < 8; k++) n = n & 1 ? (n >>> 1) ^ 0xedb88320 : n >>> 1; return n >>> 0; });
const crc32 = bytes => ~bytes.reduce((crc, byte) => CRC[(crc ^ byte) & 255] ^ (crc >>> 8), ~0) >>> 0;

function chunk(name, data) {
  const out = Buffer.alloc(data.length + 12);
  out.writeUInt32BE(data.length, 0);
  out.write(name, 4, "latin1");
  data.copy(out, 8);
  out.writeUInt32BE(crc32(out.subarray(4, data.length + 8)), data.length + 8);
  return out;
}

export function smallPicture(png) {
  const { width, height, samples, out } = pixelsOf(png);
  const colours = new Uint32Array(width * height);
  // Five bits a channel: shades of one edge fall together.
  for (let i = 0; i < colours.length; i++) {
    const at = i * samples, shade = v => (v >= 252 ? 255 : v & 0xf8);
    colours[i] = (shade(out[at]) << 16) | (shade(out[at + 1]) << 8) | shade(out[at + 2]);
  }
  const { palette, place } = paletteOf(colours);
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) rows[y * (width + 1) + 1 + x] = place.get(colours[y * width + x]);
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([SIGNATURE, chunk("IHDR", head), chunk("PLTE", Buffer.from(palette.flatMap(c => [c >> 16, (c >> 8) & 255, c & 255]))),
                        chunk("IDAT", deflateSync(rows, { level: 9, memLevel: 9 })), chunk("IEND", Buffer.alloc(0))]);
}
