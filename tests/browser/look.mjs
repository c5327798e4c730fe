// SPDX-License-Identifier: Apache-2.0
// A clerk's half hour in a real browser, by keyboard: signs in, finds a child, reads the life-line, locks, comes back.
// axe-core looks at every page; a serious finding, a request to another host or an error of the page fails.
//
//     node look.mjs BASE NAME PASSWORD CHROMIUM [FOLDER for pictures [all: those at other sizes too]]
import assert from "node:assert/strict";
import { hiddenPlace, mailing, measureEntered, outsider, register, registerDecides } from "./addressee.mjs";
import { approvals, doseByHand, doseWithoutScript, fullDisk, rowsUnderReview } from "./forms.mjs";
import { base, browser, everything, find, galleryWritten, keep, look, open, paper, password, pictures, signIn, troubles } from "./desk.mjs";
import { factByHand, fileSent } from "./intake.mjs";
import { batchOfLetters, certificateAsked } from "./letters.mjs";
import { figures, narrowLists, theDay, whatWasKnown } from "./lists.mjs";
import { intermediateTerminal, networkTerminal, unifiedTerminal } from "./terminals.mjs";
import { helpOfAPage, ownPassword, rights as staffRights, trailReview } from "./office.mjs";

async function byKeyboard() {
  const page = await open();
  await page.goto(base);
  await look(page, "signin");
  await signIn(page);
  await page.click(".menu a >> text=住民をさがす");  // Alt+2: the browser's own
  await page.waitForSelector("#bq");
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
    await keep(page, "life-line", { clip: { x: 12, y: 48, width: 1354, height: 760 } });
    if (everything) await page.pdf({ path: `${pictures}/person.pdf`, preferCSSPageSize: true });
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
  await page.waitForSelector("#q");

  await page.goto(`${base}purpose`);
  await look(page, "purpose");
  await page.goto(`${base}nowhere`);
  await look(page, "nowhere");
  await page.context().close();
}

// How the office judges: the periods of a child born today, one vaccine on two days of the law, somebody invented.
async function rules() {
  const page = await open();
  await signIn(page);
  await page.click(".menu >> text=規則を見る");
  await look(page, "rules");
  assert.ok((await page.innerText("table")).includes("施行令3条1項: 生後12月から24月に至るまで"), "the law of a period");
  await page.click("table >> text=BCG");
  await look(page, "vaccine");
  await page.click(".tabs >> text=平成25年4月1日");
  const two = await page.innerText("main");
  for (const words of ["平成25年4月1日に生まれた子", "平成25年3月31日に生まれた子", "平成25年4月1日〜平成26年3月31日", "平成25年3月31日〜平成25年9月30日", "新しい", "終わった"])
    assert.ok(two.includes(words), words);
  await look(page, "vaccine-two-days");
  await paper(page, ".courses", true);
  await page.click(".menu >> text=規則を見る");
  await page.fill("#r3", "S36.11.30");
  await page.keyboard.press("F9");
  await page.waitForSelector("h2 >> text=昭和36年11月30日に生まれた人");
  assert.ok((await page.innerText(".life")).includes("高齢者肺炎球菌"), "a grown-up is judged by the same engine");
  assert.ok(!page.url().includes("1961-11-30"), page.url());
  await page.fill("#r3", "R9.1.1");
  await page.keyboard.press("F9");
  await page.waitForSelector("[role=alert]");
  assert.equal(await page.inputValue("#r3"), "R9.1.1", "what was typed is kept");
  await look(page, "rules-refused");
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
  await look(page, "today-683");
  await page.click(".menu a >> text=住民をさがす");  // Alt+2: the browser's own
  await page.waitForSelector("#bq");
  await look(page, "search-683");
  await find(page, "かつらぎ ひなた");
  await look(page, "person-683");
  await page.goto(`${base}rules/JE1`);
  await look(page, "vaccine-683");
  await page.context().close();
}

// The same without a script: the markup is complete.
async function withoutScript() {
  const page = await open({ javaScriptEnabled: false });
  await signIn(page);
  await page.fill("#q", "かつらぎ ひなた 3.12.20");
  await page.press("#q", "Enter");
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
  await keep(page, "person-forced");
  await page.context().close();
}

try {
  const stories = [
    byKeyboard,
    theDay,
    whatWasKnown,
    figures,
    narrowLists,
    batchOfLetters,
    rules,
    helpOfAPage,
    ownPassword,
    staffRights,
    trailReview,
    register,
    registerDecides,
    outsider,
    mailing,
    measureEntered,
    hiddenPlace,
    intermediateTerminal,
    unifiedTerminal,
    networkTerminal,
    hostileNames,
    narrowAndEnlarged,
    withoutScript,
    forcedColours,
    doseByHand,
    approvals,
    factByHand,
    rowsUnderReview,
    doseWithoutScript,
    fileSent,
    certificateAsked,
    fullDisk,
  ];
  for (const story of stories) {
    await story();
    console.log("ok  ", story.name);
  }
  galleryWritten();
  assert.deepEqual([...new Set(troubles)], []);
} finally {
  await browser.close();
}
