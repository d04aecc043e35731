// The chat page: joins the log, the composer, the taps and the live updates for whoever sits here.

import { state } from "/static/shell.js";
import * as api from "/static/chat/api.js";
import { alertBox, copy, notice } from "/static/chat/copy.js";
import { Composer } from "/static/chat/composer.js";
import { Live } from "/static/chat/live.js";
import { Log } from "/static/chat/log.js";
import { openMenu } from "/static/chat/menu.js";
import { node } from "/static/chat/bubbles.js";
import { refreshMoments } from "/static/chat/richtext.js";

const TAP_SPINS_MS = 20000;
const MOMENTS_EVERY_MS = 30000;
const byId = (id) => document.getElementById(id);

let view = null;
let typingTimer = 0;
const myTaps = new Set(); // presses of this page whose answer was not shown yet

async function attempt(action) {
  try {
    await action();
    return true;
  } catch (error) {
    notice(error.message, 4000);
    return false;
  }
}

const hooks = {
  botName: state.bot.name,
  language: undefined,
  copy,
  send: (text) => attempt(() => api.say(state.person, text)),
  press: (message, button) => attempt(async () => {
    spin(message.id, button.value, true);
    const pressed = await api.press(state.person, message.id, button.value);
    if (pressed.tap) myTaps.add(pressed.tap);
  }),
  open: (message, anchor) => openMenu(anchor, choices(message)),
};

function choices(message) {
  const items = [{ label: "Reply", act: () => composer.aim({ kind: "reply", message }) }];
  if (message.text && !message.protected) items.push({ label: "Copy text", act: () => copy(message.text) });
  if (message.mine && !message.forwarded_from) {
    items.push({ label: "Edit", act: () => composer.aim({ kind: "edit", message }) });
  }
  items.push({ label: "Delete", danger: true, act: () => attempt(() => api.remove(state.person, message.id)) });
  return items;
}

const log = new Log(byId("log"), byId("messages"), hooks);
const composer = new Composer(byId("composer"), {
  say: (text, replyTo) => attempt(() => api.say(state.person, text, replyTo)),
  sendDocument: (file, caption) => attempt(() => api.sendDocument(state.person, file, caption)),
  edit: (message, text) => attempt(() => api.edit(state.person, message.id, text)),
  editLast: () => {
    const own = view.messages.filter((message) => message.mine && !message.forwarded_from).pop();
    if (own) composer.aim({ kind: "edit", message: own });
  },
  start: () => attempt(() => api.say(state.person, startCommand())),
  unblock: () => attempt(async () => {
    await api.unblock(state.person);
    await api.say(state.person, "/start");
  }),
});
const live = new Live(show, (lost) => { byId("lost").hidden = !lost; });

// A link such as /?start=check does what t.me/bot?start=check would do.
function startCommand() {
  const payload = new URLSearchParams(location.search).get("start");
  return payload ? `/start ${payload}` : "/start";
}

function show(next, first = false) {
  view = next;
  const added = log.update(view.messages, first);
  composer.update(view);
  showEmpty();
  showTyping();
  showTaps();
  if (added && document.querySelector(".world").dataset.view === "desk") byId("unseen").hidden = false;
}

function showEmpty() {
  const old = document.querySelector(".welcome");
  if (old) old.remove();
  if (view.messages.length) return;
  const text = view.description || "Nothing was said yet.";
  const title = view.description ? [node("strong", "", "What can this bot do?")] : [];
  byId("messages").append(node("div", "welcome", ...title, node("p", "", text)));
}

function showTyping() {
  const line = byId("bot-state");
  clearTimeout(typingTimer);
  line.classList.toggle("typing", view.typing_ms > 0);
  line.textContent = view.typing_ms > 0 ? "typing" : view.blocked ? "blocked by you" : "bot";
  if (view.typing_ms > 0) {
    typingTimer = setTimeout(() => {
      view.typing_ms = 0;
      showTyping();
    }, view.typing_ms);
  }
}

function spin(message, data, on) {
  for (const button of document.querySelectorAll(`.row[data-id="${message}"] .inline`)) {
    if (button.dataset.tap !== data) continue;
    button.classList.toggle("waiting", on);
    button.setAttribute("aria-busy", String(on));
  }
}

function showTaps() {
  const waiting = new Set();
  for (const tap of view.taps) {
    if (!tap.answered_at && Date.now() - new Date(tap.at) < TAP_SPINS_MS) waiting.add(`${tap.message_id} ${tap.data}`);
    if (!tap.answered_at || !myTaps.delete(tap.id)) continue;
    if (tap.text && tap.show_alert) alertBox(tap.text);
    else if (tap.text) notice(tap.text, 3500);
  }
  for (const button of document.querySelectorAll(".inline[data-tap]")) {
    const spins = waiting.has(`${button.closest(".row").dataset.id} ${button.dataset.tap}`);
    button.classList.toggle("waiting", spins);
    button.setAttribute("aria-busy", String(spins));
  }
}

function openChat(first) {
  const person = state.people.find((one) => one.id === state.person);
  hooks.language = person && person.language ? [person.language, navigator.language] : undefined;
  log.clear();
  composer.reset();
  show(first, true);
  live.follow(state.person, first.version);
}

function takeDroppedFiles() {
  const chat = byId("chat");
  chat.addEventListener("dragover", (event) => event.preventDefault());
  chat.addEventListener("drop", (event) => {
    event.preventDefault();
    if (view.started && !view.blocked && event.dataTransfer.files[0]) composer.take(event.dataTransfer.files[0]);
  });
}

byId("bot-name").textContent = state.bot.name;
byId("chat-more").addEventListener("click", (event) => {
  const toggle = view.blocked
    ? { label: "Unblock the bot", act: () => attempt(() => api.unblock(state.person)) }
    : { label: "Block the bot", danger: true, act: () => attempt(() => api.block(state.person)) };
  openMenu(event.currentTarget, [toggle]);
});
document.addEventListener("person", () => attempt(async () => openChat(await api.view(state.person))));
document.addEventListener("view", () => {
  byId("unseen").hidden = true;
  log.toEnd();
});
setInterval(() => refreshMoments(byId("messages"), hooks.language), MOMENTS_EVERY_MS);
takeDroppedFiles();
if (state.view) openChat(state.view);
else byId("messages").append(node("div", "welcome", node("p", "", "Nobody lives in this world yet. Start a story.")));
