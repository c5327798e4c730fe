// SPDX-License-Identifier: Apache-2.0
// The terminals of the exchange: 中間サーバー, 統合宛名, and the network's sandbox. Each has its own door, session and colour.
import assert from "node:assert/strict";
import { grey, keep, look, narrow, open, paper, signIn, signInAs, troubles } from "./desk.mjs";

const { INTERMEDIATE, UNIFIED, NETWORK } = process.env;
const NUMBER = "000000987654", FORMER = "000000123455", HERS = "000009722815";
const said = page => page.innerText("main");

async function opened(options) {
  const page = await open(options);
  page.on("dialog", d => { troubles.push(`a dialog: ${d.message()}`); d.dismiss(); });
  return page;
}

async function menu(page, words, name) {
  await page.click(`.menu a[title="${words}"]`);
  await page.waitForSelector(`h1 >> text=${words}`);
  await look(page, name);
}

// ---- 中間サーバー

// What waits, with the time left; what exactly would go out, and its digest; asked for, it waits for another.
async function answerAsked(page) {
  await look(page, "intermediate-work");
  const work = await said(page);
  for (const words of ["職員が答えを決める照会", "いちばん近い期限", "あと6日", "E105"]) assert.ok(work.includes(words), words);
  await page.keyboard.press(".");
  await page.waitForSelector("#goes-out");
  await look(page, "intermediate-held-one");
  await narrow(page, "intermediate-held-one");
  await grey(page, "intermediate-held-one");
  const shown = await said(page), digest = await page.innerText(".digest");
  for (const words of ["自動応答不可の人です", "1件目 製造番号", "あと6日", "送り出す内容の要約値"]) assert.ok(shown.includes(words), words);
  assert.match(digest, /^[0-9A-F]{4}(-[0-9A-F]{4}){3}$/);
  await page.keyboard.press("F9");
  await page.waitForSelector("#errors");
  await look(page, "intermediate-held-refused");
  await page.click("label >> text=提供する");
  await page.fill("#f-reason", "<script>alert(3)</script> 住民記録と合う");
  await page.keyboard.press("F9");
  await page.waitForSelector("[role=status] >> text=を受け付けました");
  await look(page, "intermediate-held");
  const list = await page.innerText("#list");
  assert.ok(list.includes("承認待ち（申請 1、hanako）") && list.includes("答えを決めてください"), "which one waits for whom");
  await page.click("#list a >> nth=0");
  await page.waitForSelector("#goes-out");
  assert.equal(await page.$("#form"), null, "nobody asks twice");
  return digest;
}

// The second person sees the same bytes by the same digest.
async function answerGranted(digest) {
  const page = await opened();
  await signInAs(page, "taro", "窓口対応", INTERMEDIATE);
  await menu(page, "承認箱", "intermediate-approvals");
  const request = await said(page);
  assert.ok(request.includes(digest) && request.includes("<script>alert(3)</script>"), request);
  await page.keyboard.press("F9");
  await page.waitForSelector("text=承認し、実行しました");
  await page.context().close();
}

export async function intermediateTerminal() {
  const page = await opened();
  await signIn(page, INTERMEDIATE);
  assert.ok((await page.innerText(".system")).includes("中間サーバー"), "which system");
  assert.ok((await page.innerText(".foot")).includes("北九州市"), "whose it is");
  await answerGranted(await answerAsked(page));
  await menu(page, "副本を見る", "intermediate-copy-find");
  await page.fill("#f-text", HERS);
  await page.keyboard.press("F9");
  await page.waitForSelector("#errors");
  assert.ok(!(await page.content()).includes(HERS), "an Individual Number is said to nobody");
  await page.fill("#f-text", "190000000000017");
  await page.keyboard.press("F9");
  await page.waitForSelector("#copy");
  await look(page, "intermediate-copy");
  await narrow(page, "intermediate-copy");
  assert.ok(!page.url().includes("19000"), page.url());
  await menu(page, "情報照会の状況", "intermediate-asked");
  const asked = await said(page);
  for (const words of ["提供あり", "福岡市", "あと13日", "相手の応答を待っています", "<script>alert(2)</script>"]) assert.ok(asked.includes(words), words);
  await narrow(page, "intermediate-asked");
  await menu(page, "情報提供等記録", "intermediate-records");
  await narrow(page, "intermediate-records");
  await paper(page, "#list", true);
  await menu(page, "鍵・リスト・副本の状態", "intermediate-state");
  const state = await said(page);
  for (const words of ["上限 7日", "有効", "答えています"]) assert.ok(state.includes(words), words);
  await narrow(page, "intermediate-state");
  await paper(page, "#sets", true);
  await page.context().close();
  const forced = await opened({ forcedColors: "active" });
  await signIn(forced, INTERMEDIATE);
  await keep(forced, "intermediate-work-forced");
  await forced.context().close();
}

// ---- 統合宛名

// A number is shown in groups while it is typed, its check digit is looked at there, and it is covered when the hand has left.
async function numberTyped(page) {
  const box = page.locator("#f-number"), hint = () => page.innerText("#s-number");
  await box.focus();
  await page.keyboard.type("００００-0098");
  assert.equal(await box.inputValue(), "0000 0098");
  assert.equal(await hint(), "あと4桁");
  await page.keyboard.type("7653");
  assert.match(await hint(), /検査用数字が合いません/);
  await page.keyboard.press("Backspace");
  await page.keyboard.type("4");
  assert.equal(await box.inputValue(), "0000 0098 7654");
  await page.keyboard.press("Tab");
  assert.equal(await box.getAttribute("type"), "password", "covered");
  assert.match(await hint(), /入力済み/);
  await look(page, "unified-number");
}

async function foundByNumber(page, number, words) {
  await page.click('.menu a[title="人をさがす"]');
  await page.fill("#f-number", number);
  await page.keyboard.press("Enter");
  await page.waitForSelector(`[role=status] >> text=${words}`);
}

async function doubtSeen(page) {
  await look(page, "unified-work");
  await narrow(page, "unified-work");
  await page.click("#list a >> nth=0");
  await page.waitForSelector("#sides");
  await look(page, "unified-doubt");
  await narrow(page, "unified-doubt");
  await grey(page, "unified-doubt");
  const doubt = await said(page);
  for (const words of ["アカリ", "ベツジン", "<script>alert(2)</script>"]) assert.ok(doubt.includes(words), words);
  assert.ok(!/decide|--/.test(doubt), "a screen speaks of no command");
  await page.keyboard.press("F9");
  await page.waitForSelector("#errors");
  await look(page, "unified-doubt-refused");
}

export async function unifiedTerminal() {
  const page = await opened();
  await signIn(page, UNIFIED);
  await doubtSeen(page);
  await menu(page, "人をさがす", "unified-find");
  await numberTyped(page);
  await page.keyboard.press("Enter");
  await page.waitForSelector("#generations");
  assert.ok((await said(page)).includes("個人番号でさがしました"), "found");
  await look(page, "unified-person");
  await narrow(page, "unified-person");
  await paper(page, "#generations", false);
  await foundByNumber(page, FORMER, "旧番号で見つかりました");
  assert.match(await said(page), /旧番号で見つかりました（令和\d+年\d+月\d+日まで）/);
  for (const number of [NUMBER, FORMER, "7654", "3455"]) {
    assert.ok(!page.url().includes(number), page.url());
    assert.ok(!(await page.content()).includes(`>${number}`) && !(await said(page)).includes(number), "a number that found somebody");
  }
  await page.click('.menu a[title="人をさがす"]');
  await page.fill("#f-number", "000000987655");
  await page.keyboard.press("Enter");
  await page.waitForSelector("#e-number");
  assert.ok(!(await page.content()).includes("98765"), "a wrong one is not said again");
  await look(page, "unified-find-refused");
  await narrow(page, "unified-find");
  await page.context().close();
  const forced = await opened({ forcedColors: "active" });
  await signIn(forced, UNIFIED);
  await keep(forced, "unified-work-forced");
  await forced.context().close();
}

// ---- the network's sandbox

// The live page asks for itself again; here it stands still, or a slow look would lose it.
async function liveOpened(page) {
  await page.route(NETWORK, async route => {
    const answer = await route.fetch(), { refresh, ...headers } = answer.headers();
    assert.ok(refresh, "drawn anew by itself");
    await route.fulfill({ response: answer, headers });
  });
  await page.click('.menu a[title="ネットワークの動き"]');
  await page.waitForSelector("svg.net");
}

async function citizenSeen(page) {
  await page.click('.menu a[title="マイナポータルの役"]');
  await page.waitForSelector("#number");
  await look(page, "network-citizen");
  await page.fill("#number", "000000000019");
  await page.keyboard.press("F9");
  await page.waitForSelector("[role=alert]");
  await look(page, "network-citizen-refused");
  await page.fill("#number", HERS);
  await page.keyboard.press("F9");
  await page.waitForSelector("h1 >> text=やりとり履歴");
  await look(page, "network-history");
  await narrow(page, "network-history");
  assert.ok((await said(page)).includes("回答あり"), "who asked whom about her");
  assert.ok(!(await page.content()).includes(HERS) && !page.url().includes(HERS), "and no number");
}

export async function networkTerminal() {
  const page = await opened({ reducedMotion: "reduce" });
  await signIn(page, NETWORK);
  await citizenSeen(page);
  await liveOpened(page);
  await look(page, "network-live");
  const live = await said(page);
  for (const words of ["北九州市", "福岡市", "だれに何が見えるか", "命令第2条の項 25"]) assert.ok(live.includes(words), words);
  await narrow(page, "network-live");
  await grey(page, "network-live");
  await page.context().close();
  const forced = await opened({ forcedColors: "active", reducedMotion: "reduce" });
  await signIn(forced, NETWORK);
  await liveOpened(forced);
  await keep(forced, "network-live-forced");
  await forced.context().close();
}
