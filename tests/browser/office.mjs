// SPDX-License-Identifier: Apache-2.0
// What concerns the office itself: one's own password.
import assert from "node:assert/strict";
import { look, open, password, signIn } from "./desk.mjs";

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
