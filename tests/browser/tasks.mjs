// SPDX-License-Identifier: Apache-2.0
// What a stranger tries in a clerk's day, each task within its pages and keys. A page is one that is opened or a form
// that is sent; keys are counted but for the text that is typed. Whatever is above its budget is mended in the product.
//
//     node tasks.mjs BASE NAME PASSWORD CHROMIUM
import assert from "node:assert/strict";
import { base, browser, find, name, open, password, signInAs, troubles } from "./desk.mjs";

const CHILD = "かつらぎ ひなた 3.12.20";
const WAIT = 60000;  // ms, on a busy machine
const said = page => page.innerText("main");

// ---- hands that count

class Hands {
  constructor(page, chord) {
    Object.assign(this, { page, chord, pages: 0, keys: 0 });
    // A page that renews itself while work goes on is not opened again by anybody.
    const renewed = r => r.method() === "GET" && r.url() === page.url();
    page.on("filechooser", () => {});  // from the beginning: the browser hands its window of files over only then
    page.on("request", r => { if (r.isNavigationRequest() && !r.redirectedFrom() && !renewed(r)) this.pages++; });
  }

  static async of(purpose, { who = name, where = base, ...options } = {}) {
    const page = await open(options);
    page.setDefaultTimeout(WAIT);
    await signInAs(page, who, purpose, where);
    const hands = new Hands(page, await page.context().newCDPSession(page));
    await hands.ready();
    return hands;
  }

  async key(...keys) {
    for (const key of keys) {
      this.keys++;
      await this.page.keyboard.press(key);
    }
  }

  // A key that the browser itself knows: an accesskey of the page.
  async alt(letter) {
    this.keys++;
    const key = { modifiers: 1, text: letter, unmodifiedText: letter };
    for (const type of ["rawKeyDown", "char", "keyUp"]) await this.chord.send("Input.dispatchKeyEvent", { type, ...key });
  }

  type(text) { return this.page.keyboard.insertText(text); }
  // In a folded list: key by key. On a busy machine the browser may take a late key for the first one of another word.
  async choose(text) {
    const said = () => this.page.evaluate(() => document.activeElement.selectedOptions?.[0]?.textContent.trim() ?? "");
    for (let tries = 0; tries < 5 && !(await said()).startsWith(text); tries++) {
      if (tries) await this.page.waitForTimeout(1500);
      await this.page.keyboard.type(text);
    }
    assert.ok((await said()).startsWith(text), `${text} is not chosen`);
  }
  // A hand presses no key before the page's keys act and the page has given the focus away; both come after its last byte.
  async ready() {
    await this.page.waitForLoadState();
    // Asked again and again from outside: what the browser's driver asks by itself is text to be run, which our pages forbid.
    const given = () => this.page.evaluate(() => Boolean(location.hash) || !document.querySelector("[autofocus]") || document.activeElement !== document.body);
    for (let waited = 0; waited < WAIT && !await given(); waited += 20) await this.page.waitForTimeout(20);
    assert.ok(await given(), "the page gave the focus to nobody");
  }
  async seen(what) {
    const shown = await this.page.waitForSelector(what).catch(() => null);
    await this.ready();
    assert.ok(shown, `${what} is not on the page:\n${await this.page.innerText("body")}`);
  }

  // The menu's place of these words, by its number.
  async menu(words) {
    const item = this.page.locator(`.menu a[title="${words}"]`), to = await item.getAttribute("href");
    await this.alt(await item.getAttribute("accesskey"));
    await this.page.waitForURL(url => url.pathname === to);
    await this.ready();
  }
}

async function task(number, words, most, hands, walk) {
  hands.pages = hands.keys = 0;
  await walk(hands);
  const took = `${hands.pages} of ${most.pages} pages, ${hands.keys} of ${most.keys} keys`;
  console.log("ok  ", String(number).padStart(2), words, "-", took);
  assert.ok(hands.pages <= most.pages && hands.keys <= most.keys, `task ${number}, ${words}: ${took}`);
}

// ---- at the counter

async function found(hands) {
  await hands.key("F2");
  await hands.type(CHILD);
  await hands.key("Enter");
  await hands.seen("#hits");
  await hands.key("Enter");
  await hands.seen(".life .ll");
}

async function dueSaid(hands) {
  const first = (await hands.page.innerText(".answer")).split("\n").slice(0, 3).join(" ");
  assert.match(first, /いま必要.*まで/, "what is due and until when stands in the first lines");
}

async function invalidSaid(hands) {
  const strip = () => hands.page.innerText("#strip > p");
  for (let rows = 0; !/麻しん風しん.*無効/s.test(await strip()); rows++) {
    assert.ok(rows < 8, await strip());
    await hands.key(rows < 1 ? "Tab" : "ArrowDown");
  }
  assert.match(await strip(), /無効.*（.*条.*）/s, "why, and the rule");
}

// The label of the vaccine, its lot, the day; what stands on the paper.
async function doseTyped(hands, vaccine, lot) {
  await hands.seen("#f-vaccine");
  await hands.type(vaccine);
  await hands.key("Tab");
  await hands.type(lot);
}

async function doseAsked(hands) {
  await hands.key("F9");
  await doseTyped(hands, "おたふくかぜ", "GX4417");
  await hands.key("Tab");
  await hands.type("R9.3.1");
  await hands.key("Tab", "Tab", " ", "Tab");
  await hands.type("予診票");
  await hands.key("F9");
  await hands.seen(".verdict .res");
  await hands.key("Shift+F9");
  await hands.seen("[role=status] >> text=受け付けました");
}

const nextDose = (vaccine, lot) => async hands => {
  await doseTyped(hands, vaccine, lot);
  assert.equal(await hands.page.inputValue("#f-day"), "R9.3.1", "the day is kept");
  await hands.key("F9");
  await hands.seen(".verdict .res");
  assert.match(await said(hands.page), /令和9年3月1日.*予診票/s);
  await hands.key("Shift+F9");
  await hands.seen("#f-vaccine");
  await hands.seen("[role=status] >> text=受け付けました");
};

// A form half typed, the lock, the password: two keys lock and one comes back.
async function calledAway(hands) {
  await hands.type("MR");
  await hands.key("Tab");
  await hands.type("LX7");
  hands.pages = hands.keys = 0;
  await hands.alt("l");
  await hands.seen("text=画面をロックしています");
  await hands.type(password);
  await hands.key("Enter");
  await hands.seen("#form");
  assert.equal(await hands.page.inputValue("#f-lot"), "LX7", "the half-typed form is back");
}

async function knownThen(hands) {
  await hands.alt("k");
  await hands.key("Control+a");
  await hands.type("R9.2.20");
  await hands.key("Enter");
  await hands.seen(".note.info >> text=令和9年2月20日時点の記録と規則");
}

async function printed(hands) {
  await hands.key("F8", "Enter");  // the browser's own box is answered
  await hands.page.emulateMedia({ media: "print" });
  const drawn = await hands.page.$$eval(".life .ll use", all => all.map(use => use.getAttribute("href")));
  assert.ok(drawn.includes("#mv") && drawn.includes("#mx"), "valid and invalid have shapes of their own");
  assert.match(await hands.page.innerText("#doses"), /☒無効/);
  await hands.page.emulateMedia({ media: null });
}

// A father asks for his child: who, how that was proven, what for; what is printed stands as it was chosen.
async function certified(hands) {
  await hands.key("c");
  await hands.seen("#f-what");
  await hands.key("ArrowDown", "Tab");
  await hands.type("父、母子健康手帳");
  await hands.key("Tab");
  await hands.choose("2");
  await hands.key("Tab");
  await hands.type("入園");
  await hands.key("F9");
  await hands.seen("text=まだ交付していません");
  assert.match(await said(hands.page), /麻しん風しん.*保護者.*父、母子健康手帳.*運転免許証.*入園/s, "what is printed, and for whom, is read first");
  await hands.key("F9");
  await hands.seen("[role=status] >> text=を交付しました");
  await hands.seen(".sheet img");
  const [file] = await Promise.all([hands.page.waitForEvent("download"), hands.key("F9")]);
  assert.match(file.suggestedFilename(), /^certificate-\d+\.pdf$/);
}

async function atTheCounter() {
  const hands = await Hands.of("窓口対応");
  await task(1, "find a child who is called about", { pages: 2, keys: 3 }, hands, found);
  await task(2, "say what is due and until when", { pages: 0, keys: 0 }, hands, dueSaid);
  await task(3, "say why a dose of MR is invalid", { pages: 0, keys: 8 }, hands, invalidSaid);
  await task(19, "print the life-line, and read it without colour", { pages: 1, keys: 2 }, hands, printed);
  await task(15, "see what the ledger knew on a day", { pages: 1, keys: 4 }, hands, knownThen);
  await found(hands);
  await task(14, "issue a certificate at the counter", { pages: 4, keys: 8 }, hands, certified);
  await found(hands);
  await task(4, "enter a dose and send it for approval", { pages: 3, keys: 9 }, hands, doseAsked);
  for (const [vaccine, lot] of [["プレベナー20", "GX1"], ["ジェービックV", "GX2"], ["水痘", "GX3"]])
    await task(5, "enter the next dose of that day", { pages: 2, keys: 5 }, hands, nextDose(vaccine, lot));
  await task(16, "be called away, come back, go on", { pages: 2, keys: 2 }, hands, calledAway);
  return hands;
}

// The same without a script: two keys more at most.
async function withoutScript() {
  const hands = await Hands.of("窓口対応", { javaScriptEnabled: false });
  await task(20, "find a child, without a script", { pages: 2, keys: 5 }, hands, async h => {
    await h.alt("s");
    await h.type(CHILD);
    await h.key("Enter");
    await h.seen("#hits");
    await h.key("Enter");
    await h.seen(".life .ll");
  });
  await task(20, "say what is due, without a script", { pages: 0, keys: 0 }, hands, dueSaid);
  await task(20, "say why a dose is invalid, without a script", { pages: 0, keys: 10 }, hands, async h =>
    assert.match(await h.page.innerText("#doses"), /麻しん風しん.*無効.*（.*条.*）/s));
  await task(20, "enter a dose, without a script", { pages: 3, keys: 11 }, hands, async h => {
    await h.alt("i");
    await doseTyped(h, "おたふくかぜ", "GX9");
    await h.key("Tab");
    await h.type("R9.3.2");
    await h.key("Tab", "Tab", " ", "Tab");
    await h.type("予診票");
    await h.key("Enter");
    await h.seen(".verdict .res");
    await h.key("Enter");
    await h.seen("[role=status] >> text=受け付けました");
  });
  await asAScreenReader(hands.page);
  return hands;
}

// What somebody hears who sees nothing: the person, what is due, why a dose is none, in words and in order.
async function asAScreenReader(page) {
  const heard = await page.locator("main").ariaSnapshot();
  for (const words of [/heading .*葛城/, /region "いま必要なもの"/, /いま必要/, /table "受けた接種/, /無効/]) assert.match(heard, words);
}

// ---- the second person

async function correctionAsked() {
  const page = await open();
  await signInAs(page, "taro", "実績入力");
  await find(page, CHILD);
  await page.click("#doses a >> text=訂正 >> nth=0");
  await page.fill("#f-lot", "A000C");
  await page.fill("#f-reason", "誤入力");
  await page.keyboard.press("F9");
  await page.waitForSelector("table.ba");
  await page.keyboard.press("F9");
  await page.waitForSelector("[role=status]");
  await page.context().close();
}

async function approvals() {
  await correctionAsked();
  const hands = await Hands.of("実績入力");
  await task(6, "approve a colleague's correction", { pages: 2, keys: 3 }, hands, async h => {
    await h.menu("承認箱");
    assert.match(await said(h.page), /接種記録の訂正.*誤入力/s, "what changes is read first");
    await h.key("F9");
    await h.seen("[role=status] >> text=承認し、実行しました");
  });
  return hands;
}

// ---- files and doubted rows

const SHEET = "行番号,医療機関コード,医療機関名,整理番号,氏名,氏名カナ,生年月日,性別,住所,ワクチン,期回数,接種日,接種区分,接種量,メーカー,ロット番号,有効期限,接種医師,分娩予定日,請求額,自己負担額,訂正";

async function fileTakenIn(hands) {
  await hands.menu("取込・照合");
  await hands.key("f");
  await hands.seen("#f-file:focus");
  const row = n => `${n},4010198762,みほん小児科,,葛城　ひなた,カツラギ　ヒナタ,2021-12-20,2,,おたふくかぜ,1,2027-02-3${n},1,0.5,,L${n},,,,,,`;
  const [chooser] = await Promise.all([hands.page.waitForEvent("filechooser"), hands.key("Enter")]);
  await chooser.setFiles({ name: "YOSHIN_202702_4010198762_901.csv", mimeType: "text/csv", buffer: Buffer.from([SHEET, row(0), row(1)].join("\r\n") + "\r\n") });
  await hands.key("F9");
  await hands.seen("text=すべての行に結果があります");
  const returned = await hands.page.$$eval("table.rows >> nth=0 >> th", all => all.findIndex(th => th.textContent === "返戻"));
  assert.ok(returned >= 0, "how many rows were returned");
}

async function rowReturned(hands) {
  await hands.key("r");
  await hands.choose("R131");
  await hands.key("Tab", "Enter");
  await hands.seen("[role=status] >> text=返戻");
}

async function tenDecided(hands) {
  for (let row = 0; row < 10; row++) {
    const was = hands.page.url();
    await hands.key("1");
    await hands.page.waitForURL(url => url.href !== was);
    await hands.seen("[role=status] >> text=にしました");
  }
  const next = hands.page.url();
  await hands.key("u");
  await hands.seen("[role=status] >> text=元に戻しました");
  await hands.key("1");
  await hands.page.waitForURL(url => url.pathname === new URL(next).pathname);
  await hands.seen("[role=status] >> text=にしました");
  hands.pages -= 2;  // the undone row is no row more
}

async function intake() {
  const hands = await Hands.of("取込・照合");
  await task(7, "take in a clinic's file", { pages: 3, keys: 5 }, hands, fileTakenIn);
  await hands.page.goto(`${base}reviews/2`);
  await hands.seen(".match");
  await task(8, "resolve ten rows, one undone", { pages: 10, keys: 12 }, hands, tenDecided);
  await task(9, "return a row with its code", { pages: 1, keys: 3 }, hands, rowReturned);
  return hands;
}

// ---- lists and letters

async function losing(hands) {
  await hands.menu("対象者");
  await hands.choose("MR2");
  await hands.key("Tab");
  await hands.choose("106");
  await hands.key("Tab");
  await hands.choose("30");
  await hands.key("F9");
  await hands.page.waitForURL(url => /^\/due\/[^/]+$/.test(url.pathname));
  await hands.seen("#list");
  const listed = await hands.page.innerText("#list");
  assert.ok(/りょう/.test(listed) && /さくら/.test(listed) && !/とおく/.test(listed), listed);
}

async function left(hands) {
  await hands.menu("対象者");
  await hands.key("Shift+F9");
  await hands.seen("h1 >> text=差分");
  await hands.key("4");
  await hands.seen('.tabs a[aria-current] >> text=対象から外れた');
  assert.match(await hands.page.innerText("#list"), /のぞみ.*死亡/s, "one person's reason");
}

async function printedAndReleased(hands) {
  const { page } = hands;
  await hands.key("F9");
  await hands.seen("input[name=way]");
  await hands.key("ArrowDown", "F9");
  await hands.seen(".note.good");
  await hands.key("F9");
  await hands.seen(".samples");
  await hands.key("3");
  await hands.seen(".sheet img");
  assert.match(await page.innerText(".band"), /さくら/, "the page with the character that fonts lack");
  await hands.key("Escape");
  await hands.seen(".samples");
  await hands.key("F9");
  await hands.type("印刷室へ");
  const [file] = await Promise.all([page.waitForEvent("download"), hands.key("F9")]);
  assert.match(file.suggestedFilename(), /\.pdf$/);
}

async function pulled(hands) {
  const rows = await hands.page.$$eval("[data-row]", all => all.map(a => a.closest("li").textContent));
  const at = rows.findIndex(words => words.includes("引き抜く封筒"));
  for (let row = 0; row <= at; row++) await hands.key("ArrowDown");
  await hands.key("Enter");
  await hands.seen("text=引き抜く封筒");
  await hands.key("Enter");
  await hands.seen("text=この人の通知を取り下げる");
  assert.ok(await hands.page.isChecked("input[value='死亡']"), "the register's reason is chosen");
  await hands.key("F9");
  await hands.seen("[role=status] >> text=取り下げました");
}

async function letters() {
  const hands = await Hands.of("発送");
  await task(13, "pull the envelope of who died yesterday", { pages: 3, keys: 5 }, hands, pulled);
  await task(11, "say who left the list, and why", { pages: 3, keys: 5 }, hands, left);
  await task(10, "list who loses a dose in 30 days in one ward", { pages: 2, keys: 6 }, hands, losing);
  await task(12, "make their letters, look at one, release them", { pages: 6, keys: 12 }, hands, printedAndReleased);
  return hands;
}

// ---- the exchange

async function answerReleased(first, second) {
  await first.key(".");
  await first.seen("#goes-out");
  const digest = await first.page.innerText(".digest");
  await first.key(" ", "Tab");
  await first.type("住民記録と合うことを確かめた");
  await first.key("F9");
  await first.seen("[role=status] >> text=を受け付けました");
  await second.menu("承認箱");
  assert.ok((await said(second.page)).includes(digest), "both see the same");
  await second.key("F9");
  await second.seen("[role=status] >> text=承認し、実行しました");
}

async function heldAnswer() {
  const where = process.env.INTERMEDIATE;
  const hands = await Hands.of("窓口対応", { where }), second = await Hands.of("窓口対応", { who: "taro", where });
  await task(17, "release a held answer with a second officer", { pages: 4, keys: 6 }, hands, async first => {
    second.pages = second.keys = 0;
    await answerReleased(first, second);
    first.pages += second.pages;
    first.keys += second.keys;
  });
  await second.page.context().close();
  return hands;
}

// ---- the trail

async function audited() {
  const hands = await Hands.of("監査");
  await task(18, "find who looked at one person, prove the log whole", { pages: 3, keys: 7 }, hands, async h => {
    await h.menu("監査を見る");
    assert.match(await said(h.page), /証跡.*件.*書かれたときのまま/s, "the log is whole");
    await h.key("Tab");
    await h.type("410000000000001");
    await h.key("Tab");
    const today = new Date(Date.now() + 9 * 3600e3).toISOString().slice(0, 10);  // as Japan counts: the trail goes by the clock
    await h.type(`${today.slice(0, 8)}01`);
    await h.key("Tab");
    await h.type(today);
    await h.key("F9");
    await h.seen("h1 >> text=さがした記録");
    assert.match(await h.page.innerText("#list"), /hanakoが/, "who looked");
  });
  return hands;
}

try {
  for (const story of [withoutScript, atTheCounter, approvals, intake, letters, heldAnswer, audited]) await (await story()).page.context().close();
  assert.deepEqual([...new Set(troubles)], []);
} finally {
  await browser.close();
}
