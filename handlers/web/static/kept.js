// What stays on this phone: drafts, letters on their way, the size of the letters. This file sends nothing anywhere.
// All keys name the chat, so that what one person wrote never gets into the chat of another.
const kept = (() => {
  "use strict";

  const DAYS = 30;
  const TAB = Math.random().toString(36).slice(2);
  const chat = (/^\/c\/([^/]+)/.exec(location.pathname) || ["", ""])[1];

  // ---- a store that also works where the browser keeps nothing (private windows, a full phone): until the page closes
  const memory = new Map();
  function get(key) {
    if (memory.has(key)) return memory.get(key);
    try { return localStorage.getItem(key); } catch (e) { return null; }
  }
  function set(key, value) {
    memory.delete(key);
    try { localStorage.setItem(key, value); } catch (e) { memory.set(key, value); }
  }
  function drop(key) {
    memory.delete(key);
    try { localStorage.removeItem(key); } catch (e) { memory.delete(key); }
  }
  function keys() {
    try { return Object.keys(localStorage).concat([...memory.keys()]); } catch (e) { return [...memory.keys()]; }
  }
  function read(key) {
    try { return JSON.parse(get(key)); } catch (e) { return null; }
  }
  function all(prefix) {
    const found = keys().filter((key) => key.startsWith(prefix)).map((key) => Object.assign({ key }, read(key)));
    return found.filter((one) => one.at).sort((a, b) => a.at - b.at);
  }
  function dropOld() {
    const oldest = Date.now() - DAYS * 86400000;
    for (const key of keys().filter((one) => /^(draft|letter):/.test(one))) {
      const one = read(key);
      if (!one || !(one.at > oldest)) drop(key);
    }
  }

  // ---- drafts: what stands in the box of one screen
  const draftKey = (serial) => `draft:${chat}:${serial}`;
  const drafts = () => all(`draft:${chat}:`);
  function draft(serial, text) {
    if (text.trim()) set(draftKey(serial), JSON.stringify({ text, at: Date.now() }));
    else drop(draftKey(serial));
  }

  // ---- letters: what was sent and not answered yet, with its delivery number, so that the server takes it once
  // however often it comes. One tab at a time has a letter in hand (`by`, `until`); the others leave it alone.
  // `shown` is what the person may see of it; `text` is what he typed, null where he only chose.
  const letterKey = (body) => `letter:${chat}:${body.get("delivery")}`;
  const letters = () => all(`letter:${chat}:`);
  function letter(body, serial, shown) {
    const text = body.get("text");
    const one = { key: letterKey(body), body: String(body), serial, text, shown: text || shown, at: Date.now() };
    if (!body.has("command")) set(one.key, JSON.stringify(one)); // a look at the menu is not worth a late surprise
    return one;
  }
  /** Takes the letter in hand for `ms`; false when another tab has it or has sent it, or this page is closing. */
  let closing = false;
  function hold(one, ms) {
    if (closing) return false;
    const now = read(one.key);
    if (!now) return new URLSearchParams(one.body).has("command");
    if (now.by !== TAB && now.until > Date.now()) return false;
    set(one.key, JSON.stringify(Object.assign(now, { by: TAB, until: Date.now() + ms })));
    return true;
  }
  /** Lets go of everything in hand when the page is closing, so that the next one takes it up at once. */
  function release() {
    closing = true;
    for (const one of letters()) {
      if (one.by === TAB) set(one.key, JSON.stringify(Object.assign(one, { until: 0 })));
    }
  }

  addEventListener("pagehide", release);
  addEventListener("pageshow", () => { closing = false; });
  dropOld();
  return { chat, get, set, drop, draftKey, drafts, draft, letters, letter, hold };
})();
