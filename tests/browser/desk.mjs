// SPDX-License-Identifier: Apache-2.0
// What the stories of the browser share: a page, a look at it, signing in, finding somebody; and the pictures that are kept.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { chromium } from "playwright-core";
import { smallPicture } from "./picture.mjs";

export const [, , base, name, password, executablePath, pictures, everything] = process.argv;
const hosts = ["LEDGER", "ADDRESSEE", "UNIFIED", "INTERMEDIATE", "NETWORK"].map(program => process.env[program]).filter(Boolean);  // the programs with screens
const axe = readFileSync(new URL("node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
export const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--force-color-profile=srgb"] });
export const troubles = [];

export async function open(options = {}) {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: "ja-JP", ...options });
  const page = await context.newPage();
  page.on("pageerror", e => troubles.push(`error: ${e.message}`));
  page.on("console", m => { if (m.type() === "error" && !/status of (4|503)/.test(m.text())) troubles.push(`console: ${m.text()}`); });
  page.on("request", r => { if (!hosts.some(host => r.url().startsWith(host))) troubles.push(`another host: ${r.url()}`); });
  return page;
}

// ---- pictures

const PICTURE_MOST = 80000;  // bytes
const gallery = [];

const PICTURED = "2026-11-24";  // the day of every picture
const daysSince = day => Math.round((Date.parse(new Date(Date.now() + 9 * 3600e3).toISOString().slice(0, 10)) - Date.parse(day)) / 86400000);

// One picture of each page, at one size: what is looked at in another way is kept by --all alone. Clocks stand still.
export async function keep(page, words, options = {}) {
  const variant = /-(683|forced|refused|grey|paper)$/.test(words);
  if (!pictures || (variant && !everything)) return;
  const still = await page.$$eval("time, .digest", (all, [days, today]) => all.map(e => {
    const was = e.textContent, then = day => new Date(Date.parse(day) - days * 86400000).toISOString().slice(0, 10);
    e.textContent = e.matches(".digest") ? "3F9A-77C2-0B1D-55E1"
      : was.replace(/\d{1,2}:\d\d(:\d\d)?/, "14:05").replace(/\d{4}-\d\d-\d\d/, then).replace(/^\d+分$/, "3分").replace(today, "令和8年11月24日");
    return was;
  }), [daysSince(PICTURED), new Intl.DateTimeFormat("ja-JP-u-ca-japanese", { dateStyle: "long", timeZone: "Asia/Tokyo" }).format()]);
  const picture = smallPicture(await page.screenshot(options));
  await page.$$eval("time, .digest", (all, was) => all.forEach((e, i) => { e.textContent = was[i]; }), still);
  if (!variant && picture.length > PICTURE_MOST) troubles.push(`${words}: a picture of ${picture.length} bytes`);
  writeFileSync(`${pictures}/${words}.png`, picture);
  if (!variant && !options.clip) gallery.push([words, (await page.title()).split("｜")[0]]);
}

export function galleryWritten() {
  if (!pictures) return;
  const shown = [...new Map(gallery)].map(([words, title]) => `## ${title}\n\n![${title}](${words}.png)\n`);
  writeFileSync(`${pictures}/README.md`, ["# The screens\n\nWritten by `make screenshots`: everybody in them is invented.\n", ...shown].join("\n"));
}

// ---- a look

export async function look(page, words) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
  for (const v of found.violations)
    if (["serious", "critical"].includes(v.impact)) troubles.push(`${words}: ${v.id} ${v.nodes[0].html.slice(0, 160)}`);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (wide > 0) troubles.push(`${words}: ${wide} px wider than the window`);
  const twice = await page.evaluate(() => { const ids = [...document.querySelectorAll("[id]")].map(e => e.id); return ids.filter((id, i) => ids.indexOf(id) !== i); });
  if (twice.length) troubles.push(`${words}: the same id twice: ${twice.join(" ")}`);
  await keep(page, words);
}

export async function grey(page, words) {
  await page.evaluate(() => { document.documentElement.style.filter = "grayscale(1)"; });
  await keep(page, `${words}-grey`);
  await page.evaluate(() => { document.documentElement.style.filter = ""; });
}

// At half the width.
export async function narrow(page, words) {
  await page.setViewportSize({ width: 683, height: 768 });
  await look(page, `${words}-683`);
  await page.setViewportSize({ width: 1366, height: 768 });
}

// On paper: the page without menu and head, or the word that it is not printed.
export async function paper(page, what, prints) {
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.isVisible(what), prints, `${what} on paper`);
  assert.equal(await page.isVisible(".no-f8"), !prints, "the word that it is not printed");
  assert.ok(!(await page.isVisible(".top")), "no head on paper");
  if (prints) assert.ok((await page.innerText(".paper")).includes("目的"), "who printed it, when, what for");
  await page.emulateMedia({ media: null });
}

export async function signIn(page, where = base) {
  await page.goto(where);
  await page.fill("#name", name);
  await page.fill("#pw", password);
  await page.keyboard.press("Enter");
  await page.waitForSelector("#q");
}

export async function signInAs(page, who, purpose, where = base) {
  await page.goto(`${where}signin`);
  await page.fill("#name", who);
  await page.fill("#pw", password);
  await page.check(`input[name=purpose][value="${purpose}"]`);
  await page.keyboard.press("Enter");
  await page.waitForSelector("#q");
}

export async function find(page, text) {  // F2, the text, Enter, Enter: three keys
  await page.keyboard.press("F2");
  await page.keyboard.type(text);
  await page.keyboard.press("Enter");
  await page.waitForSelector("#hits");
  await look(page, "hits");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".life .ll");
}
