// SPDX-License-Identifier: Apache-2.0
// 宛名管理 has screens of its own: the same frame, another door, another session.
import assert from "node:assert/strict";
import { grey, look, narrow, open, paper, signIn, signInAs } from "./desk.mjs";

async function opened(page, number) {  // F2, the number, Enter: the page
  await page.keyboard.press("F2");
  await page.keyboard.type(number);
  await page.keyboard.press("Enter");
  await page.waitForSelector(".axes");
}

// What waits, a person on two axes, the household, the files with the one that is held.
export async function register() {
  const page = await open();
  await signIn(page, process.env.ADDRESSEE);
  assert.ok((await page.innerText(".system")).includes("宛名管理"), "which system");
  await look(page, "addressee-work");
  const work = await page.innerText("main");
  for (const words of ["止めているファイル 1件", "通知を止めている人", "取消"]) assert.ok(work.includes(words), words);
  await page.click(".menu >> text=人をさがす");
  await look(page, "addressee-find");
  await opened(page, "410000000000005");
  await look(page, "addressee-person");
  const person = await page.innerText("main");
  for (const words of ["うつる", "区間異動", "黒崎三丁目", "並べて見る", "いつ知ったか", "渡しません"]) assert.ok(person.includes(words), words);
  assert.deepEqual(await page.$$eval(".vers mark", marks => marks.map(m => m.textContent)),
                   ["ミホン　ウツール", "401099", "黒崎三丁目", "福岡県北九州市八幡西区黒崎三丁目2番8号"], "what changed, and nothing else");
  assert.ok(!page.url().includes("41000"), page.url());
  await paper(page, ".vers", true);
  await page.click("text=世帯を見る");
  await look(page, "addressee-household");
  assert.ok((await page.innerText("main")).includes("はは"), "who lives with whom");
  await page.click(".menu >> text=届いたファイル");
  await look(page, "addressee-feeds");
  const feeds = await page.innerText("main");
  for (const words of ["止めています", "全件にない住民", "ほかの職員が承認すると反映します"]) assert.ok(feeds.includes(words), words);
  await page.context().close();
}

// What is decided there: refused rows of one person, and a held file, with the same file in hand.
export async function registerDecides() {
  const page = await open();
  await signInAs(page, "hanako", "取込・照合", process.env.ADDRESSEE);
  await opened(page, "410000000000006");
  await page.click("text=住民記録に確かめて決める");
  await page.waitForSelector("#f-reason");
  await page.keyboard.press("F9");
  await page.waitForSelector("#errors");
  await look(page, "addressee-hold");
  await narrow(page, "addressee-hold");
  await page.click(".menu >> text=届いたファイル");
  await page.click("text=ファイルを示して承認する");
  await page.waitForSelector("#f-file");
  await look(page, "addressee-feed-file");
  await grey(page, "addressee-feed-file");
  await page.setInputFiles("#f-file", { name: "JUKI_401005_ALL_20261124230000_006.csv", mimeType: "text/csv", buffer: Buffer.from("a,b\r\n1,2\r\n") });
  await page.click("text=承認して反映する");
  await page.waitForSelector("#errors");
  await look(page, "addressee-feed-refused");
  await page.context().close();
}

// A protected person: one mask, on every page of the person, on paper and in the source.
export async function hiddenPlace() {
  const page = await open({ viewport: { width: 683, height: 768 } });
  await signIn(page, process.env.ADDRESSEE);
  await opened(page, "410000000000007");
  await look(page, "addressee-protected-683");
  const seen = await page.content();
  for (const words of ["浅野", "小倉北区", "8020001", "000000000000009"]) assert.ok(!seen.includes(words), words);
  assert.ok(seen.includes("●●●●●●") && seen.includes("支援措置"));
  await page.click("text=世帯を見る");
  assert.ok((await page.innerText("main")).includes("世帯から住所がわかるためです"));
  await page.goto(`${process.env.ADDRESSEE}persons`);
  await page.fill("#bq", "12345");
  await page.keyboard.press("Enter");
  await page.waitForSelector("[role=alert]");
  await look(page, "addressee-find-refused");
  await page.context().close();
}
