// Makes the pages kinder where the browser can: sending without reload, sending again after a lost network, drafts
// put back, live update. Without this file every page works with plain forms. No syntax newer than Chrome 64.
(() => {
  "use strict";

  const LOST = "Mất mạng: chữ của đồng chí còn giữ ở máy này, sẽ tự gửi lại.";
  const LOST_CHOICE = "Mất mạng: lựa chọn chưa gửi được, sẽ tự gửi lại.";
  const BUSY = "Máy chủ đang bận, chưa lưu được. Trang này sẽ tự gửi lại.";
  const SENDING = "Đang gửi…";
  const SENT = "Đã gửi câu trả lời viết lúc mất mạng.";
  const SENT_CHOICE = "Đã gửi lựa chọn lúc mất mạng.";
  const NOT_SENT = "Chưa gửi được. Chữ đồng chí viết vẫn còn trên máy này.";
  const MOVED = "Màn hình vừa đổi từ máy khác.";
  const ELSEWHERE = "Cuộc trò chuyện đã sang màn hình khác từ máy khác. Chữ đang viết ở đây vẫn còn.";
  const UNSAVED = "Chữ viết dở ở màn hình trước, có thể chưa được lưu";
  const DRAFT = "Chữ viết dở, còn trên máy này";
  const WAITING = "Đang chờ gửi";
  const RETRY_MS = [3000, 6000, 12000, 20000, 30000];
  const PATIENCE_MS = 30000;

  const find = (selector, where = document) => where.querySelector(selector);
  const main = () => find("main");
  const serial = () => main().dataset.screen;
  const box = () => find("#text", main());
  const offline = () => "offline" in main().dataset;
  const live = find("#live");
  const home = `/c/${kept.chat}/`;
  const version = new URL(document.currentScript.src).search;

  // ---- drafts: back into the box; what is left over from another screen stands apart, for the person to judge
  function saveDraft() {
    if (box() && serial()) kept.draft(serial(), box().value);
  }

  function restoreDrafts() {
    const inBox = (one) => one.serial === serial() && box();
    const letters = kept.letters();
    const onTheWay = letters.filter(({ text }) => text !== null).map((one) => kept.draftKey(one.serial));
    const here = kept.draftKey(serial());
    const drafts = kept.drafts();
    const draft = drafts.find(({ key }) => key === here);
    if (draft && box() && !box().value) box().value = draft.text;
    const apart = drafts.filter(({ key }) => (key !== here || !box()) && !onTheWay.includes(key));
    for (const drawn of document.querySelectorAll(apart.length ? "main .kept" : "main [data-ours]")) drawn.remove();
    for (const one of apart) showDraft(one);
    for (const one of letters) if (!inBox(one)) showApart(WAITING, one.shown);
  }

  function showApart(heading, text) {
    const section = find("#apart").content.firstElementChild.cloneNode(true);
    section.setAttribute("aria-label", heading);
    find("h2", section).textContent = heading;
    find(".kept-text", section).textContent = text;
    for (const button of section.querySelectorAll("button")) button.hidden = true;
    if (offline()) find(".card").after(section);
    else main().prepend(section);
    return section;
  }

  function showDraft({ key, text }) {
    const section = showApart(offline() ? DRAFT : UNSAVED, text);
    find("[data-keep=use]", section).hidden = !box();
    find("[data-keep=drop]", section).hidden = offline();
    section.addEventListener("click", (event) => {
      const act = event.target.dataset.keep;
      if (!act) return;
      if (act === "use") {
        box().value = [box().value, text].filter(Boolean).join("\n");
        saveDraft();
        box().focus();
      }
      kept.drop(key);
      section.remove();
    });
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
    if (styles(page) !== styles(document)) return location.replace(home); // the program was renewed: so is this script
    const menu = page.getElementById("menu");
    if (menu && !find("#menu")) find(".tools").prepend(document.adoptNode(menu)); // the page for no network has none
    for (const id of ["main", "menu", "bottom"]) {
      const old = document.getElementById(id);
      const fresh = page.getElementById(id);
      if (old && fresh) old.replaceWith(document.adoptNode(fresh));
      else if (old && old !== menu) old.remove();
    }
    tell("");
    restoreDrafts();
    if (focus) {
      scrollTo(0, 0);
      find("#heading").focus({ preventScroll: true });
    }
    watch();
  }

  const styles = (page) => find("link[rel=stylesheet]", page).getAttribute("href");
  const stopper = () => (window.AbortController ? new AbortController() : { signal: undefined, abort() {} });

  async function ask(url, options = {}) {
    const stop = stopper();
    let timer = 0;
    const late = new Promise((_, refuse) => {
      timer = setTimeout(() => { stop.abort(); refuse(new Error("no answer")); }, PATIENCE_MS);
    });
    const read = async () => {
      const answer = await fetch(url, Object.assign({ signal: stop.signal, credentials: "same-origin" }, options));
      return { status: answer.status, page: new DOMParser().parseFromString(await answer.text(), "text/html") };
    };
    try {
      return await Promise.race([read(), late]);
    } finally {
      clearTimeout(timer);
    }
  }

  // ---- sending: one letter at a time, kept on this phone until the server has answered it
  let sending = null;
  let adopting = 0;

  function send(form) {
    if (sending) {
      if (sending.waiting) attempt(sending);
      return;
    }
    saveDraft();
    const body = new URLSearchParams(new FormData(form));
    const shown = find("[type=submit]", form).textContent.trim().replace(/\s+/g, " ");
    sending = Object.assign(kept.letter(body, serial(), shown), { tries: 0, waiting: 0, late: false });
    attempt(sending);
  }

  /** Letters that an earlier page could not bring to their end: closed, reloaded, or the battery was empty. */
  function adopt() {
    clearTimeout(adopting);
    if (sending) return;
    const left = kept.letters();
    const free = left.find((one) => kept.hold(one, PATIENCE_MS));
    if (free) {
      sending = Object.assign(free, { tries: 0, waiting: 0, late: true });
      attempt(sending);
    } else if (left.length) adopting = setTimeout(adopt, 5000);
  }

  function lock(locked) {
    main().setAttribute("aria-busy", String(locked));
    if (box()) box().readOnly = locked;
  }

  async function attempt(letter) {
    clearTimeout(letter.waiting);
    letter.waiting = 0;
    if (!kept.hold(letter, PATIENCE_MS + 5000)) return leave();
    hush(); // on a slow line the letter goes first
    lock(true);
    const slow = setTimeout(() => tell(SENDING), letter.tries ? 0 : 300);
    let answer = null;
    try {
      const body = new URLSearchParams(letter.body);
      answer = await ask(`${home}say`, { method: "POST", body, headers: { "X-Swap": "1" } });
    } catch (e) {
      answer = null;
    }
    clearTimeout(slow);
    if (!answer || [502, 503, 504].includes(answer.status) || !find("main#main", answer.page)) return later(letter, answer);
    sending = null;
    lock(false);
    arrived(letter, answer);
    adopt();
  }

  function later(letter, answer) {
    const delay = RETRY_MS[Math.min(letter.tries++, RETRY_MS.length - 1)];
    tell(answer ? BUSY : letter.text === null ? LOST_CHOICE : LOST);
    letter.late = letter.late || !answer;
    kept.hold(letter, delay + 5000);
    letter.waiting = setTimeout(() => attempt(letter), delay);
  }

  /** Another tab of this phone has the letter, or has sent it. */
  function leave() {
    sending = null;
    lock(false);
    tell("");
    adopt();
    refresh(false);
  }

  function arrived(letter, { status, page }) {
    const now = find("main", page).dataset;
    const taken = status === 200 && now.screen !== letter.serial && !("old" in now);
    const draft = kept.draftKey(letter.serial);
    kept.drop(letter.key);
    if (letter.text !== null && taken) kept.drop(draft);
    if (letter.text !== null && !taken && !kept.get(draft)) kept.draft(letter.serial, letter.text);
    swap(page, true);
    if (letter.late && taken) tell(letter.text === null ? SENT_CHOICE : SENT, { seconds: 12 });
    if (letter.late && status >= 400) tell(NOT_SENT);
  }

  // ---- live update: another device, or the clock, may move this chat on
  let round = 0;
  let poll = null;
  const pause = (ms) => new Promise((done) => setTimeout(done, ms));

  function hush() {
    round++;
    if (poll) poll.abort();
  }

  async function watch(after = 0) {
    hush();
    const mine = round;
    await pause(after);
    while (mine === round && serial() && !document.hidden) {
      poll = stopper();
      try {
        const answer = await fetch(`${home}live?screen=${serial()}`, { signal: poll.signal, credentials: "same-origin" });
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
      const { page } = await ask(home);
      if (sending || before !== serial() || !find("main#main", page)) return;
      swap(page, focus);
      if (before && before !== serial()) tell(MOVED, { seconds: 8 });
    } catch (e) {
      await pause(5000);
      watch();
    }
  }

  /** On the page for no network: opens the real one as soon as the server answers. */
  async function knock() {
    try {
      const answer = await fetch(location.href, { method: "HEAD", credentials: "same-origin" });
      if (offline() && !sending && answer.status < 500) location.reload();
    } catch (e) { /* still no network */ }
  }

  async function knockOften() {
    for (let tries = 0; offline(); tries++) {
      await pause(RETRY_MS[Math.min(tries, RETRY_MS.length - 1)]);
      if (offline() && !sending) await knock();
    }
  }

  addEventListener("online", () => {
    if (sending && sending.waiting) attempt(sending);
    else adopt();
    if (offline() && !sending) knock();
  });
  addEventListener("visibilitychange", () => {
    if (document.hidden) return hush();
    if (!sending) watch();
    adopt();
  });
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    adopt();
    if (!sending) watch();
  });

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
    const size = Math.max(0, Math.min(4, (Number(kept.get("size")) || 0) + step));
    kept.set("size", String(size));
    document.documentElement.dataset.size = size;
  }
  sizes.hidden = false;
  sizes.addEventListener("click", (event) => event.target.dataset.step && resize(Number(event.target.dataset.step)));

  // ---- on the home screen of the phone, and without network
  addEventListener("beforeinstallprompt", (event) => {
    const button = find("#install");
    event.preventDefault();
    button.hidden = false;
    button.onclick = () => {
      button.hidden = true;
      event.prompt();
    };
  });
  if (kept.chat && navigator.serviceWorker && !offline()) {
    const nothing = () => null; // the pages work without it
    addEventListener("load", () => navigator.serviceWorker.register(`/worker.js${version}`).catch(nothing));
  }

  resize(0);
  if (kept.chat) {
    restoreDrafts();
    adopt();
    if (!sending) watch(1500);
  }
  knockOften();
})();
