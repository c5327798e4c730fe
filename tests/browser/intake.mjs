// SPDX-License-Identifier: Apache-2.0
// What comes in, in a real browser: a fact by hand, with its check and its warning; a clinic's file.
import assert from "node:assert/strict";
import { base, find, grey, look, narrow, open, paper, signInAs } from "./desk.mjs";

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

// F9, a file, F9: what came of it. A wrong one is told in words.
export async function fileSent() {
  const page = await open();
  await signInAs(page, "hanako", "取込・照合");
  await page.goto(`${base}intakes`);
  await page.click("text=ファイルを取り込む");
  await page.waitForSelector("#f-file");
  await look(page, "upload");
  await page.setInputFiles("#f-file", { name: "<b>名簿.xlsx", mimeType: "application/zip", buffer: Buffer.from("PK") });
  await page.keyboard.press("F9");
  await page.waitForSelector("#errors");
  await look(page, "upload-refused");
  const head = "行番号,医療機関コード,医療機関名,整理番号,氏名,氏名カナ,生年月日,性別,住所,ワクチン,期回数,接種日,接種区分,接種量,メーカー,ロット番号,有効期限,接種医師,分娩予定日,請求額,自己負担額,訂正";
  const row = n => `${n},4010198762,みほん小児科,410000000000001,葛󠄀城　ひなた,カツラギ　ヒナタ,2021-12-20,2,戸畑区天神1-5-12,おたふくかぜ,${n},2026-${n === 2 ? "02-30" : "10-2" + n},1,0.5,,L${n},,山田,,,,`;
  await page.setInputFiles("#f-file", { name: "YOSHIN_202610_4010198762_777.csv", mimeType: "text/csv", buffer: Buffer.from([head, row(1), row(2), row(3)].join("\r\n") + "\r\n") });
  await page.keyboard.press("F9");
  await page.waitForSelector("text=すべての行に結果があります");
  await look(page, "taken");
  await grey(page, "taken");
  await narrow(page, "taken");
  await paper(page, "table.rows >> nth=0", true);
  await page.context().close();
}
