// SPDX-License-Identifier: Apache-2.0
// What comes in, in a real browser: a fact by hand, with its check and its warning.
import assert from "node:assert/strict";
import { find, grey, look, narrow, open, signInAs } from "./desk.mjs";

export async function factByHand() {
  const page = await open();
  await signInAs(page, "hanako", "実績入力");
  await find(page, "かつらぎ ひなた 3.12.20");
  await page.click("text=認定・届出を入力");
  await page.waitForSelector("#f-kind");
  await page.selectOption("#f-kind", "特別の事情");
  await page.fill("#f-since", "R7.4.1");
  await page.check('input[name=source][value="申出"]');
  await page.keyboard.press("F9");
  await page.waitForSelector("#errors");
  await look(page, "fact-faults");
  await narrow(page, "fact-faults");
  await page.selectOption("#f-subject", { index: 1 });
  await page.selectOption("#f-cause", "疾病");
  await page.fill("#f-until", "R8.5.1");
  await page.fill("#f-on", "R8.11.2");
  await page.fill("#f-by", "健康課 <script>保健師");
  await page.check('input[name=source][value="医師の証明"]');
  await page.keyboard.press("F9");
  await page.waitForSelector("table.check");
  await look(page, "fact-check");
  await grey(page, "fact-check");
  await narrow(page, "fact-check");
  const minded = await page.$("input[name=minded]");
  if (minded) await minded.check();
  await page.keyboard.press("F9");
  await page.waitForSelector("[role=status] >> text=認定・届出を登録しました");
  assert.ok((await page.innerText("#facts")).includes("健康課 <script>保健師"), "as text");
  await page.$eval("#facts", e => e.scrollIntoView());
  await look(page, "person-facts");
  await page.click("#facts >> text=終える・直す");
  await page.waitForSelector("#f-until");
  await look(page, "fact-again");
  await page.context().close();
}
