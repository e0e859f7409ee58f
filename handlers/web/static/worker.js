// Keeps the static files of one version on the phone, and a page to show where there is no network.
// Never a page of the chat: the phone may be shared, and an old screen must not stand for the present one.
"use strict";

const VERSION = new URL(self.location).searchParams.get("v");
const SHELF = `tusoi-${VERSION}`;
const OFFLINE = `/offline?v=${VERSION}`;
const FILES = [
  "chat.css", "kept.js", "chat.js", "icon.svg", "icon-192.png",
  "sign-bell.svg", "sign-done.svg", "sign-open.svg", "sign-paper.svg", "sign-write.svg",
].map((name) => `/static/${name}?v=${VERSION}`);
const PAGES = /^\/($|j\/|c\/[^/]+\/?$)/;

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(caches.open(SHELF).then((shelf) => shelf.addAll(FILES.concat(OFFLINE))));
});

self.addEventListener("activate", (event) => {
  const old = (name) => name.startsWith("tusoi-") && name !== SHELF;
  event.waitUntil(caches.keys().then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name)))));
});

self.addEventListener("fetch", (event) => {
  const request = event.request;
  const path = new URL(request.url).pathname;
  if (request.method !== "GET") return;
  if (request.mode === "navigate") {
    if (PAGES.test(path)) event.respondWith(fetch(request).catch(() => shelved(OFFLINE)).then((page) => page || Response.error()));
  } else if (path.startsWith("/static/")) {
    event.respondWith(shelved(request).then((file) => file || fetch(request)));
  }
});

/** By the whole address with its version: another version's file is no match. A phone without room keeps nothing. */
function shelved(what) {
  return caches.open(SHELF).then((shelf) => shelf.match(what)).catch(() => undefined);
}
