// One message as a bubble: quote, picture or file, text, time, and the buttons below it.

import { renderText } from "/static/chat/richtext.js";

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#${name}`);
  svg.append(use);
  return svg;
}

export function node(tag, className, ...content) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...content);
  return made;
}

// hooks: language, copy(text), send(text), press(message, button), open(message, anchor)
export function drawMessage(message, hooks) {
  const row = node("article", `row ${message.mine ? "mine" : "theirs"}`);
  fillMessage(row, message, hooks);
  return row;
}

export function fillMessage(row, message, hooks) {
  const sender = message.mine ? "You" : hooks.botName;
  const bubble = node("div", "bubble");
  if (message.photo) bubble.classList.add("with-photo");
  if (message.forwarded_from) bubble.append(node("div", "forwarded", `Forwarded from ${message.forwarded_from}`));
  if (message.reply) bubble.append(quote(message.reply, hooks));
  if (message.photo) bubble.append(photo(message.photo));
  if (message.document) bubble.append(documentCard(message.document));
  const words = node("div", "words");
  if (message.text) words.append(renderText(message.text, message.entities, hooks));
  words.append(stamp(message, hooks));
  bubble.append(words);

  const stack = node("div", "stack", bubble);
  if (message.rows.length) stack.append(keyboard(message, hooks));
  const more = node("button", "more", icon("i-more"));
  more.type = "button";
  more.setAttribute("aria-haspopup", "menu");
  more.setAttribute("aria-expanded", "false");
  more.setAttribute("aria-label", `Message menu: ${sender}, ${time(message.at, hooks)}`);
  more.addEventListener("click", () => hooks.open(message, more));
  row.replaceChildren(stack, more);
  row.dataset.id = message.id;
  row.setAttribute("aria-label", sender);
  holdOrRightClick(bubble, () => hooks.open(message, more));
}

function time(at, hooks) {
  return new Intl.DateTimeFormat(hooks.language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(new Date(at));
}

function stamp(message, hooks) {
  const shown = node("time", "", time(message.at, hooks));
  shown.dateTime = message.at;
  shown.title = new Intl.DateTimeFormat(hooks.language, { dateStyle: "full", timeStyle: "medium" }).format(new Date(message.at));
  return node("span", "stamp", message.edited ? "edited " : "", shown);
}

function quote(reply, hooks) {
  const box = node("button", "reply", node("strong", "", reply.mine ? "You" : hooks.botName), node("span", "", reply.text));
  box.type = "button";
  box.addEventListener("click", () => {
    const original = document.querySelector(`.row[data-id="${reply.id}"]`);
    if (original) original.scrollIntoView({ block: "center", behavior: "smooth" });
  });
  return box;
}

function photo(file) {
  const link = node("a", "photo");
  link.href = `${file.href}?inline=1`;
  link.target = "_blank";
  const image = node("img", "");
  image.src = link.href;
  image.alt = "Picture";
  image.width = file.width;
  image.height = file.height;
  link.append(image);
  return link;
}

function documentCard(file) {
  const link = node("a", "document", node("span", "document-sign", icon("i-file")),
    node("span", "document-name", node("strong", "", file.name), node("span", "muted", `${size(file.size)} · Download`)));
  link.href = file.href;
  link.download = file.name;
  return link;
}

function size(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  const kilobytes = bytes / 1024;
  return kilobytes < 1024 ? `${kilobytes.toFixed(1)} KB` : `${(kilobytes / 1024).toFixed(1)} MB`;
}

const SIGNS = { copy: "i-copy", url: "i-link" };

function keyboard(message, hooks) {
  const rows = node("div", "keyboard");
  for (const buttons of message.rows) {
    const row = node("div", "keyboard-row");
    for (const button of buttons) row.append(inlineButton(message, button, hooks));
    rows.append(row);
  }
  return rows;
}

function inlineButton(message, button, hooks) {
  const made = node(button.kind === "url" ? "a" : "button", `inline ${button.style || ""}`, node("span", "", button.text));
  if (SIGNS[button.kind]) made.append(icon(SIGNS[button.kind]));
  if (button.kind === "url") {
    made.href = button.value;
    made.target = "_blank";
    made.rel = "noopener noreferrer";
    made.title = button.value;
    return made;
  }
  made.type = "button";
  if (button.kind === "copy") {
    made.title = "Copy";
    made.setAttribute("aria-label", `${button.text}: copy`);
    made.addEventListener("click", () => hooks.copy(button.value));
  } else {
    made.dataset.tap = button.value;
    made.addEventListener("click", () => hooks.press(message, button));
  }
  return made;
}

const HOLD_MS = 500;

function holdOrRightClick(target, act) {
  let timer = 0;
  target.addEventListener("touchstart", () => { timer = setTimeout(act, HOLD_MS); }, { passive: true });
  for (const end of ["touchend", "touchmove", "touchcancel"]) {
    target.addEventListener(end, () => clearTimeout(timer), { passive: true });
  }
  target.addEventListener("contextmenu", (event) => {
    if (event.target.closest("a") || String(getSelection())) return;
    event.preventDefault();
    act();
  });
}
