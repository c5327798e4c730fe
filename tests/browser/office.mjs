// SPDX-License-Identifier: Apache-2.0
// What concerns the office itself: one's own password.
import assert from "node:assert/strict";
import { base, keep, look, name, narrow, open, paper, password, signIn } from "./desk.mjs";

export async function ownPassword() {
  const page = await open();
  await signIn(page);
  await page.click(".me a");
  await page.waitForSelector("#fresh");
  await look(page, "password");
  await page.fill("#pw", password);
  await page.fill("#fresh", "passwordpassword");
  await page.fill("#again", "passwordpassword");
  await page.keyboard.press("F9");
  await page.waitForSelector("#e-fresh");
  assert.equal(await page.inputValue("#fresh"), "", "no password comes back");
  await look(page, "password-refused");
  await page.setViewportSize({ width: 683, height: 768 });
  await look(page, "password-683");
  await page.click("text=変えずに戻る");
  await page.waitForSelector("#q");
  await page.context().close();
}

// Who may do what, a change that is asked of a second person, and the review.
export async function rights() {
  const page = await open();
  await signIn(page);
  await page.click(".menu a[title=職員と権限]");
  await page.waitForSelector("#list");
  await look(page, "rights");
  await paper(page, "#list", true);
  await page.click("#list >> text=taro");
  await page.waitForSelector("#f-duty");
  await page.check("label:has-text('与える') input");
  await page.selectOption("#f-duty", { label: "入力・訂正" });
  await page.fill("#f-department", "<b>健康推進課</b>");
  await page.fill("#f-begins", "R8.4.1");
  await page.fill("#f-ends", "R7.3.31");
  await page.fill("#f-why", "実績入力の応援");
  await page.keyboard.press("F9");
  await page.waitForSelector("[role=alert]");
  assert.equal(await page.inputValue("#f-ends"), "R7.3.31", "what was typed is kept");
  await look(page, "rights-refused");
  await page.fill("#f-ends", "R19.3.31");
  await look(page, "rights-of");
  await page.setViewportSize({ width: 683, height: 768 });
  await look(page, "rights-of-683");
  await page.goto(`${base}rights`);
  await look(page, "rights-683");
  await page.setViewportSize({ width: 1366, height: 768 });
  await page.click("#list tr:has-text('taro') >> text=点検する");
  await page.waitForSelector("#f-words");
  await look(page, "rights-review");
  await page.context().close();
}

// Days that stand out in the trail, one of them, and a search.
export async function trailReview() {
  const page = await open();
  await signIn(page);
  await page.click(".menu a[title=監査を見る]");
  await page.waitForSelector("#f-staff");
  await look(page, "audit");
  await paper(page, "#list", true);
  await page.fill("#f-from", "R8.2.30");
  await page.keyboard.press("F9");
  await page.waitForSelector("[role=alert]");
  await look(page, "audit-refused");
  await page.fill("#f-from", "");
  await page.fill("#f-staff", name);
  await page.keyboard.press("F9");
  await page.waitForSelector("h1 >> text=さがした記録");
  assert.ok((await page.innerText("#list")).includes("サインインした"), "sentences");
  const told = (await page.innerText("#list")).match(/葛|桂木|今井|<script>/);
  assert.equal(told, null, "nobody's name");
  await look(page, "audit-found");
  await page.setViewportSize({ width: 683, height: 768 });
  await look(page, "audit-683");
  await page.context().close();
}

// The help of a page by ? and by its link, away by Esc; the same without a script.
export async function helpOfAPage() {
  const page = await open();
  await signIn(page);
  await page.goto(`${base}due`);
  assert.ok(!(await page.isVisible("#help")), "only for whoever asks");
  await page.click("h1");
  await page.keyboard.type("?");
  await page.waitForSelector("#help", { state: "visible" });
  const said = await page.innerText("#help");
  for (const words of ["対象者", "まだ受けていない人", "「閲覧」の職務", "F9", "最終安全日", "までに始めれば"]) assert.ok(said.includes(words), words);
  await look(page, "help-of-a-page");
  await narrow(page, "help-of-a-page");
  await page.keyboard.press("Escape");
  await page.waitForSelector("#help", { state: "hidden" });
  await page.focus("#q");
  await page.keyboard.type("?");
  assert.equal(await page.inputValue("#q"), "?", "typed into a box it is a sign");
  assert.ok(!(await page.isVisible("#help")));
  await page.goto(`${base}due#help`);
  await page.emulateMedia({ media: "print" });
  assert.ok(!(await page.isVisible("#help")), "not on paper");
  await page.emulateMedia({ media: null, forcedColors: "active" });
  await keep(page, "help-of-a-page-forced");
  await page.emulateMedia({ forcedColors: null });
  await page.goto(`${base}help`);
  await look(page, "help");
  await page.context().close();
  const plain = await open({ javaScriptEnabled: false });
  await signIn(plain);
  await plain.click("text=助け");
  assert.ok((await plain.innerText("#help")).includes("今日、人の判断や作業を待っているもの"), "without a script");
  await plain.click("text=全体の助けと用語");
  assert.ok((await plain.innerText("main")).includes("最終安全日"), "all the terms");
  await plain.context().close();
}
