// SPDX-License-Identifier: Apache-2.0
// The lists of a day: what waits, who is due and why, by keyboard and within the steps and keys that ui.md's tasks allow.
import assert from "node:assert/strict";
import { find, look, open, paper, signIn } from "./desk.mjs";

// Task 10: who loses a dose within 30 days in one ward. Two steps, six keys beside what is chosen.
export async function theDay() {
  const page = await open();
  await signIn(page);
  await look(page, "today");
  const today = await page.innerText("main");
  for (const words of ["残り", "最終安全日まで14日以内", "いちばん近い日は令和8年12月1日", "済んだもの"]) assert.ok(today.includes(words), words);
  await paper(page, ".tasks", true);

  await page.keyboard.press(".");  // the most urgent
  await page.waitForSelector("#list");
  assert.equal(await page.locator("#list tbody tr").count(), 2, "those of the line alone");
  assert.ok((await page.innerText("#list caption")).includes("14日以内"));

  await page.click(".menu a >> text=対象者");  // Alt+3: the browser's own
  await page.waitForSelector(".filters");
  await look(page, "due");
  await page.selectOption("#f1", { label: "PCV 小児肺炎球菌" });
  await page.keyboard.press("Tab");
  await page.selectOption("#f2", { label: "106 小倉北区" });
  await page.keyboard.press("Tab");
  await page.selectOption("#f3", { label: "30日以内" });
  await page.keyboard.press("F9");
  await page.waitForURL(/due\/./);
  const caption = await page.innerText("#list caption");
  for (const words of ["小児肺炎球菌", "小倉北区", "30日以内"]) assert.ok(caption.includes(words), caption);
  const rows = await page.locator("#list tbody tr").count();
  assert.equal(caption.match(/(\d+)人・回のうち(\d+)/)[2], String(rows), "the caption counts the rows");
  assert.ok(!decodeURIComponent(page.url()).match(/PCV|401064/), "nothing of the choice stands in the address");
  await page.click("#list details summary");
  const why = await page.innerText("#list details");
  for (const words of ["受けられます", "法の期限は 令和8年12月", "法の期限と同じ日"]) assert.ok(why.includes(words), why);
  await look(page, "due-why");
  await paper(page, "#list", true);

  await page.click("text=ファイルに出す");
  await page.waitForSelector("#why");
  await look(page, "due-file");
  await paper(page, "h1", false);
  await page.goBack();
  await page.waitForSelector("#list");

  // Task 11: who came and who left since last month, and why.
  await page.click("text=前の月からの差分");
  await page.waitForSelector("#f2");
  await page.fill("#f1", "R4.1.10");
  await page.keyboard.press("F9");
  await page.waitForURL(/changes\/./);
  await page.waitForSelector("#list");
  await look(page, "changes");
  assert.ok((await page.locator("#list tbody td:last-child").allInnerTexts()).every(why => why.trim().length > 3), "each with its reason");
  await paper(page, "#list", true);
  await page.goBack();
  await page.goBack();
  await page.waitForSelector(".matrix");

  await page.focus("#list [data-row]");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".life .ll");
  await page.goBack();
  await page.waitForSelector("#list");
  await page.click(".matrix a");
  await page.waitForSelector(".matrix .cur");
  await page.context().close();
}

// Task 15: what the ledger knew on a day. One step; Alt+K, the day, Enter.
export async function whatWasKnown() {
  const page = await open();
  await signIn(page);
  await find(page, "かつらぎ ひなた 3.12.20");
  await page.click("#kn", { clickCount: 3 });  // Alt+K: the browser's own
  await page.keyboard.type("R8.11.9");
  await page.keyboard.press("Enter");
  await page.waitForSelector("text=記録されたことはありません");
  assert.ok((await page.innerText("body")).includes("記録されたことはありません"), "nothing was recorded before the first day");
  await page.goBack();
  await page.click(".know a");
  await page.waitForSelector(".note.info");
  await look(page, "person-known");
  const known = await page.innerText("main");
  for (const words of ["時点の記録と規則", "いまの記録を見る", "ひなた"]) assert.ok(known.includes(words), words);
  await paper(page, ".note.info", true);
  await page.focus("[data-stops]");
  await page.keyboard.press("Home");
  const day = await page.inputValue("#kn");
  assert.equal(await page.getAttribute("[data-stops]", "aria-valuetext"), day, "the slider says its day and fills the box");
  await page.keyboard.press("Enter");
  await page.waitForSelector(`.note.info >> text=${day}時点`);
  assert.equal(await page.locator('tr[id^="d"]').count(), 17, "what was recorded later is not known yet");
  await look(page, "person-known-first-grey");
  await page.context().close();
}

export async function figures() {
  const page = await open();
  await signIn(page);
  await page.click(".menu a >> text=統計");
  await look(page, "stats");
  for (const [words, name] of [["これから必要な回数", "stats-forecast"], ["対象の推移", "stats-stood"], ["取込の結果", "stats-outcomes"]]) {
    await page.click(`.tabs a >> text=${words}`);
    await page.waitForSelector(`.tabs a[aria-current] >> text=${words}`);
    await look(page, name);
    await paper(page, "h1", true);
  }
  assert.ok((await page.innerText("#o1")).match(/\b25\b/), "the rows of the files");
  await page.context().close();
}

export async function narrowLists() {
  const page = await open({ viewport: { width: 683, height: 768 } });
  await signIn(page);
  await page.goto(new URL("/due", page.url()).href);
  await look(page, "due-683");
  await page.goto(new URL("/waiting/review", page.url()).href);
  await look(page, "work-683");
  await page.context().close();
}
