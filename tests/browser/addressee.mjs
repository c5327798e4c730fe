// SPDX-License-Identifier: Apache-2.0
// 宛名管理 has screens of its own: the same frame, another door, another session.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
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
  await page.fill("#bq", "みほん うつる");
  await page.keyboard.press("Enter");
  await page.waitForSelector("#hits");
  await look(page, "addressee-found");
  assert.ok((await page.innerText("#hits")).includes("うつる"), "by kana");
  await opened(page, "410000000000005");
  await look(page, "addressee-person");
  const person = await page.innerText("main");
  for (const words of ["うつる", "区間異動", "黒崎三丁目", "並べて見る", "いつ知ったか"]) assert.ok(person.includes(words), words);
  assert.deepEqual(await page.$$eval(".vers mark", marks => marks.map(m => m.textContent)),
                   ["ミホン　ウツール", "401099", "黒崎三丁目", "福岡県北九州市八幡西区黒崎三丁目2番8号"], "what changed, and nothing else");
  assert.ok(!page.url().includes("41000"), page.url());
  await paper(page, ".vers", true);
  await page.click("text=提供先別の見え方");
  await look(page, "addressee-given");
  const given = await page.innerText("main");
  for (const words of ["予防接種台帳", "団体内統合宛名", "渡しません", "黒崎三丁目"]) assert.ok(given.includes(words), words);
  await page.click("text=一人のページへ");
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

async function filled(page, fields) {
  for (const [name, value] of Object.entries(fields)) await page.fill(`#f-${name}`, value);
}

// A non-resident: somebody near is shown, who decides says that it is another one, a second person grants it.
export async function outsider() {
  const page = await open();
  await signInAs(page, "hanako", "窓口対応", process.env.ADDRESSEE);
  await page.click(".menu >> text=住登外者");
  await page.click("text=住登外者を登録する");
  await filled(page, { name: "見本　移", name_kana: "ミホン　ウツル", birth: "R1.5.6", address: "福岡県福岡市中央区天神一丁目8番1号", checked_on: "R8.11.20",
                       reason: "里帰り先で接種" });
  await page.click("label >> text=日本人");
  await page.click("label >> text=男");
  await page.selectOption("#f-document", "旅券");
  await page.keyboard.press("F9");
  await page.waitForSelector("text=似た人（近い順）");
  await look(page, "addressee-outside-alike");
  assert.ok((await page.innerText("main")).includes("氏名 同じ、生年月日 同じ、性別 同じ、住所 違う"), "what agrees is said");
  await page.click("text=別の人と確かめました");
  await page.keyboard.press("F9");
  await page.waitForSelector("text=を出しました");
  await page.context().close();
  const second = await open();
  await signInAs(second, "taro", "窓口対応", process.env.ADDRESSEE);
  await second.click(".menu >> text=承認箱");
  await second.click("text=住登外者の登録");
  await look(second, "addressee-approvals");
  await second.keyboard.press("F9");
  await second.waitForSelector("text=承認し、実行しました");
  await second.click(".menu >> text=住登外者");
  await look(second, "addressee-outside");
  await second.click("table a");
  await second.waitForSelector(".axes");
  await look(second, "addressee-outside-person");
  assert.ok((await second.innerText("main")).includes("旅券"), "how it was proven");
  await numberAsked(second, (await second.innerText("main")).match(/42\d{13}/)[0]);
  await second.context().close();
}

// The number of a non-resident is read off the paper by two, at the command line; the box tells who, the paper and the day, and no number.
async function numberAsked(page, person) {
  const { SESSHU, TOWN, TODAY } = process.env;
  execFileSync(SESSHU, ["addressee", "individual-number", person, "--document", "個人番号カード", "--checked-on", TODAY, "--reason", "里帰り先で接種",
                        "--data", TOWN, "--as-of", TODAY, "--operator", "hanako"], { input: "000000987654\n", stdio: ["pipe", "ignore", "inherit"] });
  await page.click(".menu >> text=承認箱");
  await page.click("text=住登外者の個人番号");
  await look(page, "addressee-number");
  const asked = await page.innerText("main");
  for (const words of ["個人番号カード（令和8年11月24日、", "表示しません", "approve-number"]) assert.ok(asked.includes(words), words);
  await page.keyboard.press("F9");
  await page.waitForSelector("text=承認も却下もしていません");
  await look(page, "addressee-number-refused");
  assert.ok(!(await page.content()).includes("98765"), "a number stands nowhere");
}

// A measure is entered at the person's page, hides at once, and its end is asked for there.
export async function measureEntered() {
  const page = await open();
  await signInAs(page, "hanako", "窓口対応", process.env.ADDRESSEE);
  await opened(page, "410000000000004");
  await page.click("text=支援措置を入力する");
  await page.waitForSelector("#f-begins_on");
  await page.keyboard.press("F9");
  await page.waitForSelector("#errors");
  await look(page, "addressee-measure");
  await page.click("label >> text=児童虐待");
  await page.fill("#f-begins_on", "R8.11.20");
  await page.fill("#f-ends_on", "R9.11.20");
  await page.fill("#f-reason", "申出書を受理");
  await page.keyboard.press("F9");
  await page.waitForSelector("text=支援措置の期間は1年まで");
  await page.fill("#f-ends_on", "");
  await page.keyboard.press("F9");
  await page.waitForSelector("text=居場所を伏せました");
  assert.ok((await page.innerText("main")).includes("令和9年11月19日"), "a year, both days included");
  assert.ok(!(await page.content()).includes("浅野"), "hidden at once");
  await look(page, "addressee-measured");
  await page.click("text=支援措置の終了を申請する");
  await page.fill("#f-reason", "本人から終了の申出");
  await page.keyboard.press("F9");
  await page.waitForSelector("text=を出しました");
  await page.context().close();
}

// Where post goes: asked for at the person's page with its purpose and its days, granted by another, seen with its end.
export async function mailing() {
  const page = await open();
  await signInAs(page, "hanako", "窓口対応", process.env.ADDRESSEE);
  await opened(page, "410000000000005");
  await page.click("text=送付先を入力する");
  await page.waitForSelector("#f-ends_on");
  await page.keyboard.press("F9");
  await page.waitForSelector("#errors");
  await look(page, "addressee-mailing");
  await page.click("label >> text=予防接種の通知");
  await filled(page, { ends_on: "R8.12.20", postal_code: "802-0005", address: "福岡県北九州市小倉北区堺町一丁目6番13号", building: "後見人　見本様方",
                       reason: "成年後見人の届出" });
  await page.keyboard.press("F9");
  await page.waitForSelector("text=送付先になります");
  await page.context().close();
  const second = await open();
  await signInAs(second, "taro", "窓口対応", process.env.ADDRESSEE);
  await second.click(".menu >> text=承認箱");
  await second.click("text=送付先の登録");
  assert.ok((await second.innerText("main")).includes("堺町一丁目6番13号"), "whoever decides sees where");
  await second.keyboard.press("F9");
  await second.waitForSelector("text=承認し、実行しました");
  await second.click(".menu >> text=今日の仕事");
  assert.ok((await second.innerText("main")).includes("30日以内に終わる送付先"), "it ends soon");
  await opened(second, "410000000000005");
  await look(second, "addressee-mailed");
  assert.ok((await second.innerText("main")).includes("使用中"), "in force");
  await second.context().close();
  await mailingEnds();
}

// Its end is asked for there too, and another one says so: post goes home again.
async function mailingEnds() {
  const page = await open();
  await signInAs(page, "hanako", "窓口対応", process.env.ADDRESSEE);
  await opened(page, "410000000000005");
  await page.click("text=終了を申請する");
  await page.waitForSelector("#f-reason");
  await page.waitForLoadState();  // its keys act from here on
  await page.keyboard.press("F9");
  await page.waitForSelector("#errors");
  await look(page, "addressee-mailing-end");
  await narrow(page, "addressee-mailing-end");
  await page.fill("#f-reason", "本人から取りやめの申出");
  await page.keyboard.press("F9");
  await page.waitForSelector("text=この送付先は使いません");
  await page.context().close();
  const second = await open();
  await signInAs(second, "taro", "窓口対応", process.env.ADDRESSEE);
  await second.click(".menu >> text=承認箱");
  await second.click("text=送付先の終了");
  await look(second, "addressee-mailing-ends");
  await second.keyboard.press("F9");
  await second.waitForSelector("text=承認し、実行しました");
  await opened(second, "410000000000005");
  assert.ok(!(await second.innerText("main")).includes("使用中"), "no more in force");
  await second.context().close();
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
  await page.fill("#bq", "みほん かくれ");
  await page.keyboard.press("Enter");
  await page.waitForSelector("#hits");
  assert.ok(!(await page.content()).includes("浅野"), "a hit says nothing of where");
  await look(page, "addressee-found-683");
  await page.context().close();
}
