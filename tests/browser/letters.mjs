// SPDX-License-Identifier: Apache-2.0
// Whoever sends letters: the batch, a page of it beside its person, one envelope taken out.
import assert from "node:assert/strict";
import { base, look, name, narrow, open, paper, signInAs } from "./desk.mjs";

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
