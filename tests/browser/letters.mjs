// SPDX-License-Identifier: Apache-2.0
// Whoever sends letters: the batch, a page of it beside its person, one envelope taken out.
import assert from "node:assert/strict";
import { base, find, look, name, narrow, open, paper, signInAs } from "./desk.mjs";

export async function batchOfLetters() {
  const page = await open();
  await signInAs(page, name, "発送");
  await page.click(".menu a >> text=印刷");
  await page.click("table a");
  await page.waitForSelector(".phases");
  await look(page, "batch");
  await paper(page, ".phases", true);
  await page.click(".samples a");
  const picture = page.locator(".sheet img");
  assert.ok(await picture.evaluate(img => img.decode().then(() => img.naturalWidth > 800)), "the page is drawn");
  await look(page, "paper");
  await paper(page, ".sheet", false);
  await page.click("text=この1通を引き抜く");
  await look(page, "pull");
  await page.keyboard.press("F9");
  await page.waitForSelector("[role=alert]");
  await look(page, "pull-refused");
  await page.click("text=やめる");
  await page.click("text=束を全部取り下げる");
  await look(page, "batch-cancel");
  await page.goto(`${base}due`);
  await page.click("text=通知を作る");
  await look(page, "letters");
  await page.check("input[name=way] >> nth=0");
  await page.keyboard.press("F9");
  await page.waitForSelector(".phases");
  await page.waitForSelector(".note.good", { timeout: 60000 });
  await look(page, "order");
  await page.goto(`${base}prints`);
  await look(page, "prints");
  await page.goto(`${base}jobs`);
  assert.ok((await page.innerText("main")).includes("終わりました。通知と予診票") || (await page.innerText("main")).includes("見本"), "what came of it");
  await look(page, "jobs");
  await paper(page, "#j-done", true);
  await narrow(page, "jobs");
  for (const [words, name] of [["prints", "prints-683"], ["", "batch-683"]]) {
    await page.setViewportSize({ width: 683, height: 768 });
    await page.goto(`${base}prints`);
    if (!words) await page.click("table a");
    await look(page, name);
  }
  await page.context().close();
}

// At the counter: a form with a fault, what would be printed, and a name for which no font has the character: nothing is issued.
// A paper that is handed over is task 14's.
export async function certificateAsked() {
  const page = await open();
  await signInAs(page, name, "窓口対応");
  await find(page, "かつらぎ ひなた 3.12.20");
  await page.click("a >> text=証明書");
  await look(page, "certificate");
  await page.check("input[name=asker][value='保護者']");
  await page.keyboard.press("F9");
  await page.waitForSelector("#errors");
  await look(page, "certificate-refused");
  await page.fill("#f-relation", "父、母子健康手帳");
  await page.selectOption("#f-checked", { index: 2 });
  await page.fill("#f-purpose", "入園");
  await page.keyboard.press("F9");
  await page.waitForSelector("text=まだ交付していません");
  await look(page, "certificate-check");
  await page.keyboard.press("F9");
  await page.waitForSelector("#errors >> text=印刷できる書体がない");
  assert.match(await page.innerText("main"), /証明書は作っていません.*葛󠄀.*入力した内容は残っています/s);
  assert.equal(await page.inputValue("#f-purpose"), "入園");
  await look(page, "certificate-unprintable");
  await page.context().close();
}
