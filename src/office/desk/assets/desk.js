// SPDX-License-Identifier: Apache-2.0
// Keys, and what a page does while nobody is there. Every page is complete without this file.
"use strict";
(() => {
  const one = (what, where = document) => where.querySelector(what);
  const all = (what, where = document) => [...where.querySelectorAll(what)];
  const typing = e => /^(INPUT|SELECT|TEXTAREA)$/.test(e.target.tagName) && !/^(checkbox|radio|submit)$/.test(e.target.type);

  // F2 search, F8 print, F9 the main action (of the form that has the focus, else of the page), Shift+F9 the other one. No key acts while the IME composes.
  addEventListener("keydown", e => {
    if (e.isComposing) return;
    if (e.key === "F2") {
      const box = one("[data-find]") || one("#q");
      if (box) { e.preventDefault(); box.focus(); box.select(); }
    }
    if (e.key === "F9" || (e.key === "Enter" && e.ctrlKey)) {
      const what = e.shiftKey ? "[data-second]" : "[data-primary]", form = document.activeElement.closest("form");
      const button = (form && one(what, form)) || one(what);
      if (button) { e.preventDefault(); button.click(); }
    }
    if (e.key === "F8" && one("[data-print]")) { e.preventDefault(); print(); }
  });
  all("[data-print]").forEach(button => {
    button.hidden = false;
    button.addEventListener("click", e => { e.preventDefault(); print(); });
  });

  // A password may be looked at while it is typed.
  all("[data-show]").forEach(button => {
    const box = document.getElementById(button.dataset.show);
    button.hidden = false;
    button.addEventListener("click", () => {
      const hidden = box.type === "password";
      box.type = hidden ? "text" : "password";
      button.textContent = hidden ? "隠す" : "表示";
      box.focus();
    });
  });

  // An Individual Number: three groups of four while it is typed, its check digit at once, covered as soon as the hand has left it.
  all("[data-individual]").forEach(box => {
    const said = document.getElementById(box.dataset.individual), hint = said.textContent;
    const say = (words, wrong) => { said.textContent = words; said.classList.toggle("ng", Boolean(wrong)); };
    const fits = digits => {
      const rest = [...digits.slice(0, 11)].reverse().reduce((sum, digit, i) => sum + digit * (i < 6 ? i + 2 : i - 4), 0) % 11;
      return Number(digits[11]) === (rest < 2 ? 0 : 11 - rest);
    };
    const read = () => {
      const typed = box.value.normalize("NFKC").replace(/[\s‐‑–ー-]/g, "");
      if (!/^\d*$/.test(typed)) return say("数字だけを入力してください", true);
      const before = box.value.slice(0, box.selectionStart).normalize("NFKC").replace(/\D/g, "").length;
      box.value = typed.replace(/(\d{4})(?=\d)/g, "$1 ");
      const at = before + Math.floor(Math.max(before - 1, 0) / 4);
      if (document.activeElement === box) box.setSelectionRange(at, at);
      if (!typed) return say(hint);
      if (typed.length < 12) return say(`あと${12 - typed.length}桁`);
      if (typed.length > 12) return say(`${typed.length - 12}桁多く入っています`, true);
      return fits(typed) ? say("入力済み（検査用数字は合っています）") : say("検査用数字が合いません。12桁を確かめてください", true);
    };
    const covered = yes => { box.type = yes ? "password" : "text"; };
    box.addEventListener("focus", () => covered(false));
    box.addEventListener("blur", () => covered(true));
    box.addEventListener("input", e => { if (!e.isComposing) read(); });
    box.addEventListener("compositionend", read);
    box.form.addEventListener("submit", () => covered(true));
    addEventListener("pagehide", () => { box.value = ""; });
  });

  // ? shows the help of this page, Esc puts it away; the link does so without this file.
  let from = null;
  addEventListener("keydown", e => {
    const help = one("#help");
    if (!help || e.isComposing || e.ctrlKey || e.altKey || e.metaKey) return;
    if (e.key === "?" && !typing(e)) { e.preventDefault(); from = document.activeElement; location.hash = "help"; help.focus(); }
    if (e.key === "Escape" && location.hash === "#help") { e.preventDefault(); location.hash = "main"; (from || one("#main")).focus(); }
  });

  // Esc leads one crumb up, where nothing was typed.
  let typed = false;
  one("#main")?.addEventListener("input", () => { typed = true; });
  addEventListener("keydown", e => {
    const up = all(".crumbs a").pop();
    if (e.key !== "Escape" || e.defaultPrevented || e.isComposing || typed || typing(e) || !up) return;
    e.preventDefault();
    up.click();
  });

  // Rows of a list: arrows, j and k, and the keys that its buttons, or others of the page, name. Letters act only while the list has the focus.
  all("[data-keys]").forEach(area => area.addEventListener("keydown", e => {
    if (e.isComposing || typing(e) || e.ctrlKey || e.altKey || e.metaKey) return;
    const name = `[data-key="${CSS.escape(e.key)}"]`, named = one(name, area) || one(name);
    if (named) { e.preventDefault(); if (named.matches("select, input")) named.focus(); else named.click(); return; }
    const rows = all("[data-row]", area), at = rows.indexOf(document.activeElement);
    const next = { ArrowDown: at + 1, j: at + 1, ArrowUp: at - 1, k: at - 1 }[e.key];
    if (next === undefined || !rows.length || e.defaultPrevented) return;
    e.preventDefault();
    rows[Math.min(Math.max(next, 0), rows.length - 1)]?.focus();
  }));

  // The life-line: one tab stop, arrows inside; the strip below says what the row of the table says.
  const picture = one(".life .ll"), strip = one("#strip > p");
  if (picture && strip) {
    const groups = all("g[role=group]", picture).map(g => all("a", g)).filter(marks => marks.length);
    const marks = groups.flat();
    const x = mark => mark.getBoundingClientRect().x;
    let now = one("a.now", picture) || marks[0];
    marks.forEach(mark => mark.setAttribute("tabindex", mark === now ? "0" : "-1"));
    const row = mark => document.getElementById(mark.getAttribute("href").slice(1));
    const show = mark => {
      const tr = row(mark);
      if (!tr) return;
      const head = document.createElement("b"), copy = cell => cell ? [...cell.childNodes].map(node => node.cloneNode(true)) : [];
      head.textContent = tr.dataset.said || one("th", tr).textContent;
      const state = one(".st", tr) || one("td", tr), why = one(".why", tr) || one(".until", tr);
      strip.replaceChildren(head, "　", ...copy(state), document.createElement("br"), ...copy(why));
      one("#strip .acts a").setAttribute("href", mark.getAttribute("href"));
    };
    const go = mark => {
      if (!mark) return;
      now.setAttribute("tabindex", "-1");
      now.classList.remove("now");
      now = mark;
      mark.setAttribute("tabindex", "0");
      mark.classList.add("now");
      mark.focus({ preventScroll: true });
    };
    const near = marksOfRow => marksOfRow?.reduce((best, mark) => Math.abs(x(mark) - x(now)) < Math.abs(x(best) - x(now)) ? mark : best);
    marks.forEach(mark => {
      mark.addEventListener("focus", () => show(mark));
      mark.addEventListener("mouseenter", () => show(mark));
      mark.addEventListener("click", () => { const tr = row(mark); tr?.setAttribute("tabindex", "-1"); tr?.focus(); });
    });
    picture.addEventListener("keydown", e => {
      const g = groups.findIndex(group => group.includes(now)), group = groups[g], i = group.indexOf(now);
      const to = { ArrowRight: () => group[i + 1], ArrowLeft: () => group[i - 1], ArrowDown: () => near(groups[g + 1]),
                   ArrowUp: () => near(groups[g - 1]), Home: () => group[0], End: () => group[group.length - 1] }[e.key];
      if (to) { e.preventDefault(); go(to()); }
      if (e.key === "Escape") { e.preventDefault(); one("#strip .acts a").focus(); }
    });
  }

  // The axis of knowledge: a slider over the days on which something was recorded, the oldest on the left, fills the box of
  // the day; letting go of it, or Enter, shows that day.
  const range = one("[data-stops]"), stops = all(".stops a").reverse();
  if (range && stops.length > 1) {
    const here = stops.findIndex(stop => stop.hasAttribute("aria-current")), box = one("#kn");
    range.max = stops.length - 1;
    range.value = here < 0 ? range.max : here;
    range.hidden = false;
    const at = () => {
      const stop = stops[Number(range.value)];
      range.setAttribute("aria-valuetext", stop.textContent);
      stops.forEach(other => other.classList.toggle("at", other === stop));
      return stop.textContent;
    };
    at();
    range.addEventListener("input", () => { box.value = at(); });
    range.addEventListener("pointerup", () => range.form.requestSubmit());
    range.addEventListener("keydown", e => { if (e.key === "Enter") { e.preventDefault(); range.form.requestSubmit(); } });
  }

  // Away for two minutes: the page is gone. Whoever types stays, and the desk hears so once a minute.
  // What is typed is kept before the page is locked, and once a minute; and nothing is sent twice by two clicks.
  const draft = one("form[data-draft]");
  let changed = false;
  draft?.addEventListener("input", () => { changed = true; });
  const keep = () => {
    if (!draft || !changed) return Promise.resolve();
    changed = false;
    const typed = new URLSearchParams(new FormData(draft));
    typed.set("_keep", "1");
    return fetch(draft.action, { method: "POST", body: typed, keepalive: true }).catch(() => {});
  };
  all('form[method="post"]').forEach(form => form.addEventListener("submit", e => {
    if (form.dataset.sent) e.preventDefault();
    form.dataset.sent = "1";
    setTimeout(() => delete form.dataset.sent, 3000);  // one that leads to a file leaves the page where it is
  }));
  addEventListener("pageshow", () => all("form[data-sent]").forEach(form => delete form.dataset.sent));

  const seconds = Number(document.body.dataset.lock), lock = one('form[action="/lock"]');
  if (seconds && lock) {
    const origin = document.body.dataset.here;
    let touched = Date.now(), told = touched;
    const touch = () => {
      touched = Date.now();
      if (touched - told < 60000) return;
      told = touched;
      fetch("/here", { method: "POST", body: new URLSearchParams({ _origin: origin }) }).catch(() => {});
      keep();
    };
    ["keydown", "pointerdown", "wheel"].forEach(what => addEventListener(what, touch, { passive: true }));
    const leave = () => keep().finally(() => lock.submit());
    lock.addEventListener("submit", e => { e.preventDefault(); leave(); });
    const away = setInterval(() => {
      if (Date.now() - touched < seconds * 1000) return;
      clearInterval(away);
      leave();
    }, 1000);
  }
})();
