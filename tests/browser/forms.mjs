// SPDX-License-Identifier: Apache-2.0
// Forms in a real browser: a dose by hand in nine keys, what is wrong, what was typed and a lock; the second person; rows under review.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { base, find, grey, keep, look, narrow, open, paper, password, signInAs } from "./desk.mjs";

const CHILD = "かつらぎ ひなた 3.12.20";
const text = page => page.innerText("main");

// Nine keys beside what is typed: F9, six Tabs and a blank between, F9, F9.
export async function doseByHand() {
  const page = await open();
  let keys = 0;
  const press = async key => { keys++; await page.keyboard.press(key); };
  await signInAs(page, "hanako", "実績入力");
  await find(page, CHILD);
  await press("F9");
  await page.waitForSelector("#form");
  await look(page, "dose");
  await page.keyboard.type("プレベナー20");
  await press("Tab");
  await press("Tab");
  await page.keyboard.type("R8.2.30");
  await press("F9");
  await page.waitForSelector("#errors");
  assert.equal(await page.evaluate(() => document.activeElement.id), "errors", "the summary has the focus");
  assert.ok((await page.title()).startsWith("エラー: "));
  assert.equal(await page.inputValue("#f-vaccine"), "プレベナー20", "what was typed is kept");
  await look(page, "dose-faults");
  await page.click('#errors a[href="#f-day"]');
  assert.equal(await page.evaluate(() => document.activeElement.id), "f-day", "a fault leads to its field");

  // Left half typed, locked, and opened again: two keys beside the password.
  await page.fill("#f-day", "R8.11.20");
  await page.fill("#f-lot", "GX4417");
  await page.click('button[accesskey="l"]');
  await page.waitForSelector("text=画面をロックしています");
  assert.ok(!(await page.content()).includes("GX4417"), "nothing behind the lock");
  await page.fill("#pw", password);
  await page.keyboard.press("Enter");
  await page.waitForSelector("#form");
  assert.equal(await page.inputValue("#f-lot"), "GX4417", "the half-typed form is back");

  // Another child's form is empty; the whole way by keyboard.
  await find(page, CHILD);
  keys = 0;
  await press("F9");
  await page.waitForSelector("#form");
  await page.fill("#f-lot", "");
  await page.focus("#f-vaccine");
  await page.fill("#f-vaccine", "");
  await page.keyboard.type("プレベナー20");
  await press("Tab");
  await page.keyboard.type("GX4417");
  await press("Tab");
  await page.keyboard.press("Control+a");
  await page.keyboard.type("R8.11.20");
  await press("Tab");
  await press("Tab");
  await press(" ");
  await press("Tab");
  await page.keyboard.type("手帳の提示");
  await press("F9");
  await page.waitForSelector(".verdict .res");
  const checked = await text(page);
  for (const words of ["まだ書き込んでいません", "令和8年11月20日", "4歳11か月", "有効", "完了", "GX4417", "手帳の提示"]) assert.ok(checked.includes(words), `${words}: ${checked}`);
  assert.ok(!decodeURIComponent(page.url()).match(/GX4417|プレベナー|R8\.11/), page.url());
  await look(page, "dose-check");
  await grey(page, "dose-check");
  // Back keeps what was typed, and sends nothing.
  await page.goBack();
  await page.waitForSelector("#f-vaccine");
  assert.equal(await page.inputValue("#f-lot"), "GX4417", "Back");
  await page.goForward();
  await page.waitForSelector(".verdict .res");
  await press("F9");
  await page.waitForSelector("[role=status] >> text=申請1として受け付けました");
  assert.ok(keys <= 9, `${keys} keys`);
  // Back to the check, and sent again: once.
  await page.goBack();
  await page.waitForSelector(".verdict .res");
  await page.keyboard.press("F9");
  await page.waitForSelector("[role=alert] >> text=同じ内容の申請1が、もう承認を待っています");
  await page.goto(`${base}requests`);
  assert.equal((await text(page)).split("接種記録の追加").length, 2, "asked once");
  await look(page, "requests");

  // A correction, old and new side by side.
  await find(page, CHILD);
  await page.click("#doses a >> text=訂正 >> nth=0");
  await page.waitForSelector("#form");
  await look(page, "dose-correct");
  await page.fill("#f-lot", "X9");
  await page.fill("#f-reason", "誤入力");
  await page.keyboard.press("F9");
  await page.waitForSelector("table.ba");
  await look(page, "dose-correct-check");
  await page.keyboard.press("F9");
  await page.waitForSelector("[role=status] >> text=申請2として");
  await page.context().close();
}

// Enter, F9: what waits, read, and signed for.
export async function approvals() {
  const page = await open();
  await signInAs(page, "taro", "実績入力");
  await page.goto(`${base}approvals`);
  const shown = await text(page);
  for (const words of ["あなたの承認待ち 2件", "接種記録の追加", "ひなた", "令和8年11月20日", "手帳の提示", "完了"]) assert.ok(shown.includes(words), `${words}: ${shown}`);
  await look(page, "approvals");
  await grey(page, "approvals");
  await page.setViewportSize({ width: 683, height: 768 });
  await look(page, "approvals-683");
  await page.setViewportSize({ width: 1366, height: 768 });
  await page.keyboard.press("F9");
  await page.waitForSelector("[role=status] >> text=申請1を承認し、実行しました");
  await page.fill("#f-why", "");
  await page.click("text=却下する");
  await page.waitForSelector("#e-why");
  await look(page, "approvals-refused");
  await page.fill("#f-why", "原本を確かめてください");
  await page.click("text=却下する");
  await page.waitForSelector("[role=status] >> text=申請2を却下しました");
  await find(page, CHILD);
  assert.ok((await text(page)).includes("GX4417"), "the dose stands");
  await page.context().close();
}

// One key a row.
export async function rowsUnderReview() {
  const page = await open(), other = await open();
  await signInAs(page, "hanako", "取込・照合");
  await signInAs(other, "taro", "取込・照合");
  await page.goto(`${base}intakes`);
  await look(page, "intakes");
  await page.keyboard.press("F9");
  await page.waitForSelector(".match");
  const first = page.url();
  await look(page, "review");
  await grey(page, "review");
  await other.goto(`${base}reviews/0`);
  await other.waitForSelector(".match");
  assert.notEqual(other.url(), first, "two people never have the same row");
  const shown = await text(page);
  for (const words of ["残り3件", "● 同じ", "候補1", "候補2", "この人に決める"]) assert.ok(shown.includes(words), `${words}: ${shown}`);
  assert.ok(await page.$("mark.diff"), "the characters that differ are marked");
  await page.keyboard.press("1");
  await page.waitForSelector("[role=status] >> text=にしました");
  assert.notEqual(page.url().split("?")[0], first, "the next row");
  // One key takes it back, one decides it again.
  await look(page, "review-undo");
  await page.focus("h1");
  await page.keyboard.press("u");
  await page.waitForSelector("[role=status] >> text=元に戻しました");
  assert.equal(page.url().split("?")[0], first, "the same row waits again");
  await page.focus("h1");
  await page.keyboard.press("1");
  await page.waitForSelector("[role=status] >> text=にしました");
  await page.focus("h1");
  await page.keyboard.press("r");
  assert.equal(await page.evaluate(() => document.activeElement.id), "f-code", "R leads to the reasons");
  await page.selectOption("#f-code", "R131");
  await page.click("text=医療機関に返戻する");
  await page.waitForSelector("text=ほかの職員が照合しています");
  await look(page, "reviews-done");
  await page.goto(`${base}intakes/taken/3`);
  await page.waitForSelector("#decided");
  await look(page, "taken-decided");
  await narrow(page, "taken-decided");
  await paper(page, "#decided", true);
  await other.setViewportSize({ width: 683, height: 768 });
  await look(other, "review-683");
  await paper(other, ".match", false);
  await other.setViewportSize({ width: 1366, height: 768 });
  await otherThanTheCandidates(other);
  await page.context().close();
  await other.context().close();
}

// 0 leads to the search inside the review, Q asks the clinic: the sheet says what the clinic wrote.
async function otherThanTheCandidates(page) {
  const row = page.url();
  await page.focus("h1");
  await page.keyboard.press("0");
  await page.keyboard.type("ミホン スクリプト");
  await page.keyboard.press("Enter");
  await page.waitForSelector("#hits");
  await look(page, "review-hits");
  await page.keyboard.press("Enter");
  await page.waitForSelector("text=さがした人");
  await look(page, "review-with");
  await page.goto(row);
  await page.fill("#f-why", "お名前と生年月日をお確かめください");
  await page.focus("h1");
  await page.keyboard.press("q");
  await page.waitForSelector("text=問い合わせにしました");
  await page.goto(`${base}questions`);
  await look(page, "questions");
  await page.click("text=この医療機関の問い合わせ票");
  await page.waitForSelector("text=ご回答");
  await look(page, "question-sheet");
  await paper(page, "table.rows", true);
  await page.emulateMedia({ media: "print" });
  await keep(page, "question-sheet-paper");
  await page.emulateMedia({ media: null });
}

// The same without a script.
export async function doseWithoutScript() {
  const page = await open({ javaScriptEnabled: false });
  await signInAs(page, "hanako", "実績入力");
  await page.fill("#q", CHILD);
  await page.press("#q", "Enter");
  await page.click("#hits a");
  await page.click("text=接種を入力");
  await page.fill("#f-vaccine", "おたふくかぜ");
  await page.fill("#f-day", "20261119");
  await page.check('input[name=source][value="医療機関"]');
  await page.fill("#f-reason", "電話で確認");
  await page.click("#form button");
  assert.ok((await text(page)).includes("令和8年11月19日"), await text(page));
  await page.click("text=登録を申請する");
  assert.ok((await text(page)).includes("申請3として受け付けました"), await text(page));
  await page.context().close();
  const forced = await open({ forcedColors: "active" });
  await signInAs(forced, "taro", "実績入力");
  await forced.goto(`${base}approvals`);
  await look(forced, "approvals-forced");
  await forced.context().close();
}

// The processes that make pages: all below the one that was called.
function workers(above) {
  const parent = pid => { try { return Number(readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1].split(" ")[1]); } catch { return 0; } };
  const mine = readdirSync("/proc").filter(name => /^\d+$/.test(name) && parent(name) === above).map(Number);
  return mine.concat(...mine.map(workers));
}

// A disk that takes nothing: the page says so, holds what was typed, and goes on by one key.
export async function fullDisk() {
  const page = await open(), room = size => workers(Number(process.env.DESK)).concat(Number(process.env.DESK)).forEach(pid => execFileSync("prlimit", [`--fsize=${size}:unlimited`, "--pid", String(pid)]));
  await signInAs(page, "hanako", "実績入力");
  await find(page, CHILD);
  await page.click("text=接種を入力");
  await page.fill("#f-vaccine", "おたふくかぜ");
  await page.fill("#f-day", "R8.11.12");
  await page.check('input[name=source][value="医療機関"]');
  await page.fill("#f-reason", "電話で確認");
  await page.keyboard.press("F9");
  await page.waitForSelector("text=登録を申請する");
  room(1);
  await page.keyboard.press("F9");
  await page.waitForSelector("h1 >> text=業務を止めています");
  await look(page, "stopped");
  await narrow(page, "stopped");
  room("unlimited");
  await page.keyboard.press("F9");
  await page.waitForSelector("[role=status] >> text=受け付けました");
  await page.context().close();
}
