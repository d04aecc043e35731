"use strict";
// The pretend Binance. Everything shown comes from /desk/binance/api/accounts, asked again every two seconds;
// everything done goes through the same operations as the API of the exchange.

const PERSON = new URLSearchParams(location.search).get("person") || "";
const API = "/desk/binance/api";
const RIGHTS = [
  ["reading", "Enable Reading"],
  ["spot_and_margin_trading", "Enable Spot & Margin Trading"],
  ["futures", "Enable Futures"],
  ["universal_transfer", "Permits Universal Transfer"],
  ["withdrawals", "Enable Withdrawals"],
];
const RISKY = new Set(["withdrawals", "universal_transfer"]);
const KINDS = { hmac: "System generated (HMAC)", ed25519: "Self-generated (Ed25519)", rsa: "Self-generated (RSA)" };
const TABS = { "#api": apiManagement, "#assets": assets, "#orders": orders };

let accounts = [];
let shown = "";
let chosen = null;
let subject = null;

const $ = (id) => document.getElementById(id);

function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

async function call(method, path, body) {
  const answer = await fetch(`${API}${path}?person=${encodeURIComponent(PERSON)}`, {
    method,
    headers: body === undefined ? {} : { "Content-Type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await answer.text();
  const told = text.startsWith("{") || text.startsWith("[") ? JSON.parse(text) : {};
  if (!answer.ok) throw new Error(told.error || "This did not work. Reload the page and try again.");
  return told;
}

const date = (iso) => new Date(iso).toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric" });
const masked = (key) => `${key.slice(0, 6)}…${key.slice(-6)}`;
const money = (text) => Number(text).toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const signed = (text) => make("span", { class: text.startsWith("-") ? "danger" : "ok" }, text);

async function copy(text, button) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Inside a frame the clipboard may be closed to scripts; a selection can still be copied.
    const field = make("textarea", { style: "position:fixed;opacity:0" });
    field.value = text;
    (button.closest("dialog") || document.body).append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
  const before = button.textContent;
  button.textContent = "Copied";
  setTimeout(() => { button.textContent = before; }, 1500);
}

function table(heads, rows, nothing) {
  if (!rows.length) return make("p", { class: "empty" }, nothing);
  const head = make("tr", {}, ...heads.map((text) => make("th", { scope: "col" }, text)));
  const lines = rows.map((cells) => make("tr", {}, ...cells.map((cell) => make("td", {}, cell ?? "–"))));
  return make("div", { class: "scroll" }, make("table", {}, make("thead", {}, head), make("tbody", {}, ...lines)));
}

const card = (title, ...children) => make("section", { class: "card" }, make("h3", {}, title), ...children);

function keyCard(account, row) {
  const rights = RIGHTS.filter(([name]) => row.rights[name] || !RISKY.has(name)).map(([name, label]) =>
    make("li", { class: row.rights[name] ? (RISKY.has(name) ? "risk" : "") : "off" },
      row.rights[name] ? label : `${label}: off`));
  const restricted = row.ips === null
    ? make("span", { class: "warn" }, "Unrestricted")
    : make("div", {}, "Restrict access to trusted IPs only", make("ul", { class: "mono ips" }, ...row.ips.map((address) => make("li", {}, address))));
  const copyKey = make("button", { class: "copy", type: "button", onclick: (event) => copy(row.key, event.target) }, "Copy");
  const facts = [
    ["API Key", make("span", {}, make("span", { class: "mono", title: row.key }, masked(row.key)), copyKey)],
    ["Created", date(row.created)],
    ["Restrictions", make("ul", { class: "chips" }, ...rights)],
    ["IP access", restricted],
  ];
  if (row.trading_until) facts.push(["Trading until", date(row.trading_until)]);
  return make("article", { class: "card key", "data-key": row.key },
    make("header", {},
      make("div", {}, make("h3", {}, row.label), make("span", { class: "muted" }, KINDS[row.kind])),
      make("div", { class: "buttons" },
        make("button", { class: "btn", type: "button", onclick: () => edit(row) }, "Edit restrictions"),
        make("button", { class: "btn danger", type: "button", onclick: () => remove(row) }, "Delete"))),
    make("dl", { class: "facts" }, ...facts.flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, value)])));
}

function note(words, label, path) {
  const go = make("button", { class: "btn", type: "button", onclick: async () => { await call("POST", path); await refresh(); } }, label);
  return make("div", { class: "note-warn" }, make("span", {}, words), go);
}

function apiManagement(account) {
  return [
    make("div", { class: "bar" },
      make("div", {}, make("h1", {}, "API Management"),
        make("p", { class: "muted lead" }, account.sub ? `Keys of the sub-account ${account.name}` : `Keys of ${account.name}`)),
      make("button", { class: "btn primary", type: "button", id: "create-open", onclick: create }, "Create API")),
    account.agreement_accepted ? null : note(
      "Before the next key can be created, the user agreement has to be accepted.",
      "Read and accept", `/accounts/${account.id}/agreement`),
    ...(account.keys.length
      ? account.keys.map((row) => keyCard(account, row))
      : [make("p", { class: "empty" }, "There is no API key in this account.")]),
  ];
}

function assets(account) {
  const total = account.spot.reduce((sum, row) => sum + Number(row.worth), 0);
  const futures = account.futures_open
    ? table(["Asset", "Wallet", "Available", "Margin used", "Unrealized PNL"],
      account.futures.map((row) => [row.asset, money(row.wallet), money(row.available), money(row.margin), signed(row.profit)]),
      "The futures wallet is empty.")
    : note("A futures account has not been opened.", "Open futures account", `/accounts/${account.id}/futures`);
  return [
    card(`Spot wallet, about ${total.toLocaleString("en-US", { maximumFractionDigits: 0 })} USDT`,
      table(["Asset", "Available", "In orders", "Value in USDT"],
        account.spot.map((row) => [row.asset, row.free, row.locked, money(row.worth)]), "The spot wallet is empty.")),
    card("USD-M futures wallet", futures),
  ];
}

function render() {
  const select = $("account");
  const account = accounts.find((row) => row.id === chosen) || accounts[0];
  chosen = account ? account.id : null;
  select.replaceChildren(...accounts.map((row) =>
    make("option", { value: row.id, selected: row.id === chosen ? "" : null }, row.sub ? `Sub-account: ${row.name}` : row.name)));
  const tab = TABS[location.hash] ? location.hash : "#api";
  for (const link of document.querySelectorAll(".tabs a")) {
    link.setAttribute("aria-selected", String(link.getAttribute("href") === tab));
  }
  const children = account ? TABS[tab](account) : [make("p", { class: "empty" }, "This person has no account at Binance.")];
  $("view").replaceChildren(...children.filter((child) => child !== null));
}

async function refresh() {
  const told = await call("GET", "/accounts");
  const fresh = JSON.stringify(told);
  if (fresh === shown) return;
  shown = fresh;
  accounts = told;
  render();
}

function show(id, sentence) {
  $(id).textContent = sentence;
  $(id).hidden = !sentence;
}

function create() {
  show("create-error", "");
  $("create-label").value = $("create-pem").value = "";
  document.querySelector("#create [value=system]").checked = true;
  $("create-public").hidden = true;
  $("create").showModal();
  $("create-label").focus();
}

async function createGo() {
  const self = document.querySelector("#create [value=self]").checked;
  const order = { label: $("create-label").value, ...(self ? { public_key: $("create-pem").value } : {}) };
  try {
    const told = await call("POST", `/accounts/${chosen}/keys`, order);
    $("create").close();
    $("created-key").textContent = told.key;
    $("created-secret").textContent = told.secret || "";
    $("created-secret-row").hidden = told.secret === null;
    $("created-words").textContent = told.secret === null
      ? "It may read. Edit its restrictions to allow more."
      : "It may read. Edit its restrictions to allow more. The secret is shown only now.";
    $("created").showModal();
    await refresh();
  } catch (error) {
    show("create-error", error.message);
  }
}

function edit(row) {
  subject = row;
  show("edit-error", "");
  $("edit-label").textContent = `${row.label} · ${masked(row.key)}`;
  $("edit-rights").replaceChildren(...RIGHTS.map(([name, label]) =>
    make("label", { class: "tick" },
      make("input", { type: "checkbox", name, checked: row.rights[name] ? "" : null }), make("span", {}, label))));
  document.querySelector(`#edit [value=${row.ips === null ? "open" : "list"}]`).checked = true;
  $("edit-ips").value = row.ips === null ? "" : row.ips.join("\n");
  $("edit-ips").disabled = row.ips === null;
  $("edit").showModal();
}

async function editGo() {
  const boxes = [...document.querySelectorAll("#edit-rights input")];
  const order = {
    rights: Object.fromEntries(boxes.map((box) => [box.name, box.checked])),
    ips: document.querySelector("#edit [value=list]").checked ? $("edit-ips").value : null,
  };
  try {
    await call("POST", `/keys/${subject.key}/restrictions`, order);
    $("edit").close();
    await refresh();
  } catch (error) {
    show("edit-error", error.message);
  }
}

function remove(row) {
  subject = row;
  $("remove-words").textContent = `${row.label} · ${masked(row.key)}. Whatever uses it stops working at once.`;
  $("remove").showModal();
}

async function removeGo() {
  await call("DELETE", `/keys/${subject.key}`).catch(() => null); // deleted elsewhere meanwhile: what was wanted
  $("remove").close();
  await refresh();
}

$("account").addEventListener("change", (event) => { chosen = event.target.value; render(); });
window.addEventListener("hashchange", render);
$("create-go").addEventListener("click", createGo);
$("edit-go").addEventListener("click", editGo);
$("remove-go").addEventListener("click", removeGo);
for (const button of document.querySelectorAll("[data-close]")) {
  button.addEventListener("click", () => button.closest("dialog").close());
}
for (const button of document.querySelectorAll("[data-copy]")) {
  button.addEventListener("click", () => copy($(button.dataset.copy).textContent, button));
}
for (const radio of document.querySelectorAll("#create [name=kind]")) {
  radio.addEventListener("change", () => { $("create-public").hidden = radio.value !== "self"; });
}
for (const radio of document.querySelectorAll("#edit [name=ip]")) {
  radio.addEventListener("change", () => { $("edit-ips").disabled = radio.value !== "list"; });
}
// Enter in a field does what the dialog's main button does.
for (const form of document.querySelectorAll("dialog form")) {
  form.addEventListener("submit", (event) => { event.preventDefault(); form.querySelector(".btn.primary").click(); });
}
const keepFresh = () => refresh().catch(() => null); // a page that cannot ask just now shows what it knows
keepFresh();
setInterval(keepFresh, 2000);
