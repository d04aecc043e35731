// A text with Telegram entities as DOM nodes. Foreign text only ever becomes text nodes.
// Entity offsets are UTF-16 code units, which is how JavaScript counts as well.

const TAGS = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s",
  blockquote: "blockquote", expandable_blockquote: "blockquote",
};
const SAFE_LINK = /^(https?|tg|mailto):/i;
const QUOTE_LINES = 3;

export function renderText(text, entities, hooks) {
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return build(text, 0, text.length, sorted, hooks);
}

function build(text, from, to, entities, hooks) {
  const nodes = document.createDocumentFragment();
  const queue = [...entities];
  let at = from;
  while (queue.length) {
    const entity = queue.shift();
    const begin = Math.max(entity.offset, at);
    const end = Math.min(entity.offset + entity.length, to);
    if (end <= begin) continue;
    nodes.append(text.slice(at, begin));
    const inside = [];
    while (queue.length && queue[0].offset < end) {
      const next = queue.shift();
      const over = next.offset + next.length - end;
      inside.push(over > 0 ? { ...next, length: end - next.offset } : next);
      // Formatting that runs on behind this entity is taken up again there.
      if (over > 0) queue.unshift({ ...next, offset: end, length: over });
      if (over > 0) break;
    }
    nodes.append(wrap(entity, text.slice(begin, end), build(text, begin, end, inside, hooks), hooks));
    at = end;
  }
  nodes.append(text.slice(at, to));
  return nodes;
}

function wrap(entity, words, content, hooks) {
  switch (entity.type) {
    case "code": return copyable(element("code", "code", content), words, hooks);
    case "pre": return block(entity, words, hooks);
    case "spoiler": return spoiler(content);
    case "text_link": return link(entity.url, content);
    case "url": return link(words.includes("://") ? words : `https://${words}`, content);
    case "email": return link(`mailto:${words}`, content);
    case "bot_command": return command(words, content, hooks);
    case "date_time": return moment(entity, words, hooks);
    case "expandable_blockquote": return foldable(content, words);
    case "mention": case "hashtag": case "cashtag": case "text_mention": return element("span", "tagged", content);
    default: return element(TAGS[entity.type] || "span", "", content);
  }
}

function element(tag, className, content) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (content) node.append(content);
  return node;
}

function pressable(node, label, act) {
  node.tabIndex = 0;
  node.setAttribute("role", "button");
  if (label) node.setAttribute("aria-label", label);
  node.addEventListener("click", act);
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    act(event);
  });
  return node;
}

function copyable(node, words, hooks) {
  node.title = "Copy";
  return pressable(node, `Copy ${words}`, () => {
    // Whoever selects a part of it wants that part, not all.
    if (String(getSelection()) === "") hooks.copy(words);
  });
}

function block(entity, words, hooks) {
  const frame = element("div", "pre");
  const head = element("div", "pre-head");
  const button = element("button", "pre-copy", "Copy");
  button.type = "button";
  button.setAttribute("aria-label", "Copy the block");
  button.addEventListener("click", () => hooks.copy(words));
  head.append(element("span", "", entity.language || "text"), button);
  frame.append(head, element("pre", "", words));
  return frame;
}

function spoiler(content) {
  const node = element("span", "spoiler", content);
  pressable(node, "Hidden text, press to show", () => {
    node.classList.add("shown");
    node.removeAttribute("role");
    node.removeAttribute("aria-label");
  });
  return node;
}

function link(url, content) {
  if (!SAFE_LINK.test(url)) return element("span", "", content);
  const node = element("a", "", content);
  node.href = url;
  node.target = "_blank";
  node.rel = "noopener noreferrer";
  node.title = url;
  return node;
}

function command(words, content, hooks) {
  const node = element("span", "command", content);
  return pressable(node, `Send ${words}`, () => hooks.send(words));
}

function foldable(content, words) {
  const quote = element("blockquote", "", content);
  if (words.split("\n").length <= QUOTE_LINES && words.length < 160) return quote;
  quote.classList.add("foldable", "folded");
  quote.setAttribute("aria-expanded", "false");
  return pressable(quote, "", () => {
    const folded = quote.classList.toggle("folded");
    quote.setAttribute("aria-expanded", String(!folded));
  });
}

function moment(entity, words, hooks) {
  const node = element("time", "moment");
  const at = new Date(entity.unix_time * 1000);
  node.dateTime = at.toISOString();
  node.title = new Intl.DateTimeFormat(hooks.language, { dateStyle: "full", timeStyle: "long" }).format(at);
  node.dataset.unix = entity.unix_time;
  node.dataset.format = entity.date_time_format || "";
  node.textContent = momentText(at, node.dataset.format, hooks.language) || words;
  return node;
}

const UNITS = [["year", 31536000], ["month", 2592000], ["week", 604800], ["day", 86400], ["hour", 3600], ["minute", 60]];

function momentText(at, format, language) {
  if (format === "r") {
    const seconds = (at - Date.now()) / 1000;
    const [unit, size] = UNITS.find(([, long]) => Math.abs(seconds) >= long) || ["second", 1];
    return new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(Math.round(seconds / size), unit);
  }
  const look = {};
  if (format.includes("w")) look.weekday = "long";
  if (format.includes("d")) Object.assign(look, { day: "numeric", month: "short", year: "numeric" });
  if (format.includes("D")) Object.assign(look, { day: "numeric", month: "long", year: "numeric" });
  if (/t/i.test(format)) Object.assign(look, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  if (format.includes("T")) look.second = "2-digit";
  return Object.keys(look).length ? new Intl.DateTimeFormat(language, look).format(at) : "";
}

// "2 minutes ago" grows older while the page is open.
export function refreshMoments(within, language) {
  for (const node of within.querySelectorAll("time.moment[data-format=r]")) {
    node.textContent = momentText(new Date(node.dataset.unix * 1000), "r", language);
  }
}
