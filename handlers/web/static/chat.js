// Makes the pages kinder where the browser can: sending without reload, drafts kept on this phone, sending again after
// a lost network, live update. Without this file every page works with plain forms.
(() => {
  "use strict";

  const LOST = "Mất mạng: chữ của đồng chí còn giữ ở máy này, sẽ tự gửi lại.";
  const LOST_CHOICE = "Mất mạng: lựa chọn chưa gửi được, sẽ tự gửi lại.";
  const BUSY = "Máy chủ đang bận, chưa lưu được. Trang này sẽ tự gửi lại.";
  const SENDING = "Đang gửi…";
  const MOVED = "Màn hình vừa đổi từ máy khác.";
  const ELSEWHERE = "Cuộc trò chuyện đã sang màn hình khác từ máy khác. Chữ đang viết ở đây vẫn còn.";
  const RETRY_MS = [3000, 6000, 12000, 20000, 30000];
  const PATIENCE_MS = 20000;
  const DRAFT_DAYS = 30;

  const find = (selector, where = document) => where.querySelector(selector);
  const main = () => find("main");
  const serial = () => main().dataset.screen;
  const box = () => find("#text", main());
  const live = find("#live");

  // ---- what is kept on this phone: drafts per chat and screen, the size of the letters
  const memory = new Map();
  const store = {
    get(key) { try { return localStorage.getItem(key); } catch (e) { return memory.get(key) || null; } },
    set(key, value) { try { localStorage.setItem(key, value); } catch (e) { memory.set(key, value); } },
    drop(key) { try { localStorage.removeItem(key); } catch (e) { memory.delete(key); } },
    keys() { try { return Object.keys(localStorage); } catch (e) { return [...memory.keys()]; } },
  };
  const chat = location.pathname.split("/")[2] || "";
  const prefix = `draft:${chat}:`;

  function saveDraft() {
    const field = box();
    if (!field || !serial()) return;
    if (field.value.trim()) store.set(prefix + serial(), JSON.stringify({ text: field.value, at: Date.now() }));
    else store.drop(prefix + serial());
  }

  function readDraft(key) {
    try { return JSON.parse(store.get(key)); } catch (e) { return null; }
  }

  function dropOldDrafts() {
    const oldest = Date.now() - DRAFT_DAYS * 86400000;
    for (const key of store.keys().filter((k) => k.startsWith("draft:"))) {
      const draft = readDraft(key);
      if (!draft || !(draft.at > oldest)) store.drop(key);
    }
  }

  /** Puts this screen's draft back into the box; text left over from another screen stands apart, for the person to judge. */
  function restoreDrafts() {
    const here = prefix + serial();
    const draft = readDraft(here);
    if (draft && box() && !box().value) box().value = draft.text;
    const left = store.keys().filter((key) => key.startsWith(prefix) && (key !== here || !box()));
    const drafts = left.map((key) => ({ key, draft: readDraft(key) })).filter(({ draft }) => draft);
    if (drafts.length) showKept(drafts.sort((a, b) => a.draft.at - b.draft.at));
  }

  function showKept(left) {
    for (const drawn of document.querySelectorAll("main .kept")) drawn.remove();
    for (const { key, draft } of left) {
      const template = find("#kept");
      if (!template) return;
      const kept = template.content.firstElementChild.cloneNode(true);
      find(".kept-text", kept).textContent = draft.text;
      find("[data-keep=use]", kept).hidden = !box();
      kept.addEventListener("click", (event) => {
        const act = event.target.dataset.keep;
        if (!act) return;
        if (act === "use") {
          box().value = [box().value, draft.text].filter(Boolean).join("\n");
          saveDraft();
          box().focus();
        }
        store.drop(key);
        kept.remove();
      });
      main().prepend(kept);
    }
  }

  // ---- the status line
  let told = 0;
  function tell(text, { button = null, seconds = 0 } = {}) {
    clearTimeout(told);
    live.textContent = text;
    if (button) live.append(button);
    if (seconds) told = setTimeout(() => tell(""), seconds * 1000);
  }

  // ---- showing a page that came in
  function swap(page, focus) {
    for (const id of ["main", "menu"]) {
      const old = document.getElementById(id);
      const fresh = page.getElementById(id);
      if (old && fresh) old.replaceWith(document.adoptNode(fresh));
      else if (old) old.remove();
    }
    tell("");
    restoreDrafts();
    if (focus) {
      scrollTo(0, 0);
      find("#heading").focus({ preventScroll: true });
    }
    watch();
  }

  async function ask(url, options = {}) {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), PATIENCE_MS);
    try {
      const answer = await fetch(url, { ...options, signal: stop.signal, credentials: "same-origin" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      return { status: answer.status, page };
    } finally {
      clearTimeout(timer);
    }
  }

  // ---- sending: one at a time, with the delivery number the page came with, until the server has answered
  let sending = null;

  function send(form) {
    if (sending) {
      if (sending.waiting) attempt(sending);
      return;
    }
    saveDraft();
    sending = { url: form.action, body: new URLSearchParams(new FormData(form)), serial: serial(), tries: 0, waiting: 0 };
    attempt(sending);
  }

  function lock(locked) {
    main().setAttribute("aria-busy", String(locked));
    if (box()) box().readOnly = locked;
  }

  async function attempt(letter) {
    clearTimeout(letter.waiting);
    letter.waiting = 0;
    lock(true);
    const slow = setTimeout(() => tell(SENDING), letter.tries ? 0 : 300);
    let answer = null;
    try {
      answer = await ask(letter.url, { method: "POST", body: letter.body, headers: { "X-Swap": "1" } });
    } catch (e) {
      answer = null;
    }
    clearTimeout(slow);
    if (!answer || [502, 503, 504].includes(answer.status) || !find("main", answer.page)) {
      tell(answer ? BUSY : letter.body.has("text") ? LOST : LOST_CHOICE);
      letter.waiting = setTimeout(() => attempt(letter), RETRY_MS[Math.min(letter.tries++, RETRY_MS.length - 1)]);
      return;
    }
    sending = null;
    lock(false);
    const now = find("main", answer.page).dataset.screen;
    const saved = answer.status === 200 && now !== letter.serial && !find("main .kept", answer.page);
    if (saved && letter.body.has("text")) store.drop(prefix + letter.serial);
    swap(answer.page, true);
  }

  addEventListener("online", () => sending && sending.waiting && attempt(sending));

  // ---- live update: another device, or the clock, may move this chat on
  let round = 0;
  let poll = null;
  const pause = (ms) => new Promise((done) => setTimeout(done, ms));

  async function watch(after = 0) {
    const mine = ++round;
    if (poll) poll.abort();
    await pause(after);
    while (mine === round && serial() && !document.hidden) {
      poll = new AbortController();
      try {
        const answer = await fetch(`live?screen=${serial()}`, { signal: poll.signal, credentials: "same-origin" });
        if (mine !== round) return;
        if (answer.status === 403 || (answer.ok && (await answer.json()).changed)) return await moved(mine);
        await pause(answer.ok ? 500 : 10000);
      } catch (e) {
        if (mine === round) await pause(5000);
      }
    }
  }

  async function moved(mine) {
    if (sending || mine !== round) return;
    if (box() && box().value.trim()) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = "Mở màn hình mới";
      button.addEventListener("click", () => refresh(true));
      tell(ELSEWHERE, { button });
      return;
    }
    await refresh(main().contains(document.activeElement));
  }

  async function refresh(focus) {
    const before = serial();
    try {
      const { page } = await ask("./");
      if (sending || before !== serial() || !find("main", page)) return;
      swap(page, focus);
      tell(MOVED, { seconds: 8 });
    } catch (e) {
      await pause(5000);
      watch();
    }
  }

  addEventListener("visibilitychange", () => document.hidden || watch());
  addEventListener("pageshow", (event) => event.persisted && watch());

  // ---- hands: forms, double clicks, digits, Ctrl+Enter
  document.addEventListener("submit", (event) => {
    if ("leaves" in event.target.dataset) return; // leads to another page
    event.preventDefault();
    send(event.target);
  });
  document.addEventListener("click", (event) => {
    if (event.detail > 1 && event.target.closest("[type=submit]")) event.preventDefault();
  }, true);
  document.addEventListener("click", (event) => {
    if (event.target.closest("a[href='#menu']")) find("#menu details").open = true;
  });
  document.addEventListener("input", (event) => event.target === box() && saveDraft());
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey && event.key === "Enter" && event.target === box()) return find("[type=submit]", box().form).click();
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.target.matches("input, textarea")) return;
    const form = /^[1-9]$/.test(event.key) && document.querySelectorAll(".choices:not(.words) form")[event.key - 1];
    if (form) send(form);
  });

  // ---- the size of the letters
  const sizes = find(".sizes");
  function resize(step) {
    const size = Math.max(0, Math.min(4, (Number(store.get("size")) || 0) + step));
    store.set("size", String(size));
    document.documentElement.dataset.size = size;
  }
  sizes.hidden = false;
  sizes.addEventListener("click", (event) => event.target.dataset.step && resize(Number(event.target.dataset.step)));

  resize(0);
  dropOldDrafts();
  restoreDrafts();
  watch(1500);
})();
