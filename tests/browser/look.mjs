// SPDX-License-Identifier: Apache-2.0
// A clerk's half hour in a real browser, by keyboard: signs in, finds a child, reads the life-line, locks, comes back.
// axe-core looks at every page; a serious finding, a request to another host or an error of the page fails.
//
//     node look.mjs BASE NAME PASSWORD CHROMIUM [FOLDER for pictures]
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { chromium } from "playwright-core";

const [, , base, name, password, executablePath, pictures] = process.argv;
const axe = readFileSync(new URL("node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--force-color-profile=srgb"] });
const troubles = [];

async function open(options = {}) {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: "ja-JP", ...options });
  const page = await context.newPage();
  page.on("pageerror", e => troubles.push(`error: ${e.message}`));
  page.on("console", m => { if (m.type() === "error" && !/status of 4/.test(m.text())) troubles.push(`console: ${m.text()}`); });
  page.on("request", r => { if (!r.url().startsWith(base)) troubles.push(`another host: ${r.url()}`); });
  return page;
}

async function look(page, words) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
  for (const v of found.violations)
    if (["serious", "critical"].includes(v.impact)) troubles.push(`${words}: ${v.id} ${v.nodes[0].html.slice(0, 160)}`);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (wide > 0) troubles.push(`${words}: ${wide} px wider than the window`);
  const twice = await page.evaluate(() => { const ids = [...document.querySelectorAll("[id]")].map(e => e.id); return ids.filter((id, i) => ids.indexOf(id) !== i); });
  if (twice.length) troubles.push(`${words}: the same id twice: ${twice.join(" ")}`);
  if (pictures) await page.screenshot({ path: `${pictures}/${words}.png` });
}

// On paper: the page without menu and head, or the word that it is not printed.
async function paper(page, what, prints) {
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.isVisible(what), prints, `${what} on paper`);
  assert.equal(await page.isVisible(".no-f8"), !prints, "the word that it is not printed");
  assert.ok(!(await page.isVisible(".top")), "no head on paper");
  if (prints) assert.ok((await page.innerText(".paper")).includes("目的"), "who printed it, when, what for");
  await page.emulateMedia({ media: null });
}

async function signIn(page) {
  await page.goto(base);
  await page.fill("#name", name);
  await page.fill("#pw", password);
  await page.keyboard.press("Enter");
  await page.waitForSelector("#bq");
}

async function find(page, text) {  // F2, the text, Enter, Enter: three keys
  await page.keyboard.press("F2");
  await page.keyboard.type(text);
  await page.keyboard.press("Enter");
  await page.waitForSelector("#hits");
  await look(page, "hits");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".life .ll");
}

async function byKeyboard() {
  const page = await open();
  await page.goto(base);
  await look(page, "signin");
  await signIn(page);
  await look(page, "search");
  await paper(page, "#bq", false);
  await find(page, "かつらぎ ひなた 3.12.20");
  await look(page, "person");
  const text = await page.innerText("main");
  for (const words of ["ひなた", "いま必要", "小児肺炎球菌 追加", "あと", "無効", "最終安全日"]) assert.ok(text.includes(words), words);
  assert.ok(!decodeURIComponent(new URL(page.url()).pathname).match(/ひなた|カツラギ|\d{6}/), page.url());

  // One tab stop in the picture; the strip says what the row of the table says.
  await page.focus(".life a.now");
  const said = async () => (await page.innerText("#strip > p")).replace(/\s+/g, " ");
  const first = await said();
  await page.keyboard.press("ArrowUp");
  assert.notEqual(await said(), first, "arrows move, the strip follows");
  await page.keyboard.press("Home");
  await page.keyboard.press("Enter");
  assert.ok(await page.evaluate(() => /^[dn]\d+$/.test(document.activeElement.id)), "Enter leads to the row");

  await paper(page, ".life .ll", true);
  if (pictures) {
    await page.setViewportSize({ width: 1366, height: 1000 });
    await page.goto(page.url().split("#")[0]);
    await page.screenshot({ path: `${pictures}/life-line.png`, clip: { x: 12, y: 48, width: 1354, height: 760 } });
    await page.pdf({ path: `${pictures}/person.pdf`, preferCSSPageSize: true });
    await page.setViewportSize({ width: 1366, height: 768 });
  }

  // Back leads to the list, with nothing to send again.
  for (let steps = 0; steps < 4 && !(await page.$("#hits")); steps++) await page.goBack();
  await page.waitForSelector("#hits");

  await page.click('button[accesskey="l"]');  // Alt+L: the browser's own
  await page.waitForSelector("text=画面をロックしています");
  await look(page, "lock");
  await page.fill("#pw", "wrong horse battery");
  await page.keyboard.press("Enter");
  await page.waitForSelector("[role=alert]");
  await look(page, "lock-refused");
  await page.fill("#pw", password);
  await page.keyboard.press("Enter");
  await page.waitForSelector("#bq");

  await page.goto(`${base}purpose`);
  await look(page, "purpose");
  await page.goto(`${base}nowhere`);
  await look(page, "nowhere");
  await page.context().close();
}

async function hostileNames() {
  const page = await open();
  page.on("dialog", d => { troubles.push(`a dialog: ${d.message()}`); d.dismiss(); });
  await signIn(page);
  await find(page, "2022-03-03");
  assert.ok((await page.innerText("h1")).includes("<script>alert(1)</script>"), "the name is text");
  await page.context().close();
}

async function narrowAndEnlarged() {
  const page = await open({ viewport: { width: 683, height: 768 } });
  await signIn(page);
  await look(page, "search-683");
  await find(page, "かつらぎ ひなた");
  await look(page, "person-683");
  await page.context().close();
}

// The same without a script: the markup is complete.
async function withoutScript() {
  const page = await open({ javaScriptEnabled: false });
  await signIn(page);
  await page.fill("#bq", "かつらぎ ひなた 3.12.20");
  await page.press("#bq", "Enter");
  await page.click("#hits a");
  assert.ok((await page.innerText("#strip")).includes("無効"), "the chosen mark is told");
  await page.click('.life a[href^="#d"]');
  assert.ok(/#d\d+$/.test(page.url()), "a mark is a link");
  await page.click("text=ロック");
  assert.ok((await page.innerText("main")).includes("画面をロックしています"));
  await page.context().close();
}

async function forcedColours() {
  const page = await open({ forcedColors: "active" });
  await signIn(page);
  await find(page, "かつらぎ ひなた");
  if (pictures) await page.screenshot({ path: `${pictures}/person-forced.png` });
  await page.context().close();
}

try {
  for (const story of [byKeyboard, hostileNames, narrowAndEnlarged, withoutScript, forcedColours]) {
    await story();
    console.log("ok  ", story.name);
  }
  assert.deepEqual([...new Set(troubles)], []);
} finally {
  await browser.close();
}
