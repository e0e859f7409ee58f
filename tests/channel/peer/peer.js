// npm telegram-test-api behind a shim: what it lacks or gets wrong for aiogram 3 is answered or mended here.
// Usage: node peer.js FOLDER_WITH_NODE_MODULES. Prints its port. GET /shim/events?after=N waits for what the bot did.
'use strict';
const http = require('http');
const path = require('path');
const { createRequire } = require('module');

const { TelegramServer } = createRequire(path.join(process.argv[2], 'package.json'))('telegram-test-api/lib/telegramServer');
const bot = { id: 666, is_bot: true, first_name: 'Peer', username: 'peer_bot' };
const server = new TelegramServer();
const events = [];

function record(kind, message) {
  events.push({ kind, ...message });
  server.emit('recorded');
}

// Dates are seconds, not milliseconds; a message has a sender.
const addBotMessage = server.addBotMessage.bind(server);
server.addBotMessage = (raw, token) => {
  const message = { ...addBotMessage(raw, token), from: bot };
  message.date = Math.floor(message.date / 1000);
  // It came as JSON in a form field, which the package hands back as it is.
  if (message.link_preview_options) message.link_preview_options = JSON.parse(message.link_preview_options);
  record('sent', message);
  return message;
};
const editMessageText = server.editMessageText.bind(server);
server.editMessageText = (raw) => {
  editMessageText(raw);
  record('edited', raw);
};
// A callback query has a chat_instance, and its message an id.
const formatUpdate = TelegramServer.formatUpdate;
TelegramServer.formatUpdate = (update) => {
  const formatted = formatUpdate(update);
  if (formatted.callback_query) formatted.callback_query.chat_instance = '1';
  return formatted;
};

function answer(response, result) {
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ ok: true, result }));
}

function when(event, ready, milliseconds) {
  return new Promise((resolve) => {
    if (ready()) return resolve();
    const timer = setTimeout(resolve, milliseconds);
    server.once(event, () => { clearTimeout(timer); resolve(); });
  });
}

// Files come as multipart forms, which the package does not read.
async function takeFile(request, response, kind) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks).toString('latin1');
  const field = (name) => new RegExp(`name="?${name}"?\\r\\n(?:[^\\r]+\\r\\n)*\\r\\n([^\\r]*)`).exec(body)?.[1];
  const filename = /filename="?([^"\r;]+)/.exec(body)[1];
  const file = { file_id: filename, file_unique_id: filename };
  const sent = kind === 'photo' ? [{ ...file, width: 1, height: 1 }] : { ...file, file_name: filename };
  const chat = { id: Number(field('chat_id')), type: 'private', first_name: 'Hoa' };
  const message = { message_id: server.messageId++, date: Math.floor(Date.now() / 1000), chat, from: bot, [kind]: sent };
  record(kind, { ...message, filename });
  answer(response, message);
}

const routes = {
  getMe: (request, response) => answer(response, bot),
  setMyCommands: (request, response) => answer(response, true),
  sendDocument: (request, response) => takeFile(request, response, 'document'),
  sendPhoto: (request, response) => takeFile(request, response, 'photo'),
  // The package answers at once; real polls wait.
  getUpdates: async (request, response) => {
    const unread = () => server.storage.userMessages.some((update) => !update.isRead);
    const arrived = server.waitUserMessage();
    if (!unread()) await Promise.race([arrived, new Promise((resolve) => { setTimeout(resolve, 500); })]);
    server.webServer(request, response);
  },
};

async function serve(request, response) {
  const url = new URL(request.url, 'http://peer');
  if (url.pathname === '/shim/events') {
    const after = Number(url.searchParams.get('after'));
    await when('recorded', () => events.length > after, 10000);
    return answer(response, events.slice(after));
  }
  const method = /^\/bot[^/]+\/(\w+)$/.exec(url.pathname)?.[1];
  return (routes[method] || server.webServer)(request, response);
}

const front = http.createServer(serve);
front.listen(0, '127.0.0.1', () => console.log(front.address().port));
