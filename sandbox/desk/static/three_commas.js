// The pretend 3Commas in the browser: asks for the person's state every two seconds and draws the open section anew
// when it changed. Foreign text becomes text nodes only.
import { el, icon, toast, post, ask, notice } from "/static/three_commas_parts.js";
import { updateKeyDialog } from "/static/three_commas_update.js";
import { tokensSection } from "/static/three_commas_tokens.js";
import { smartTradesSection, dealsSection, ordersSection } from "/static/three_commas_trades.js";

const person = Number(new URLSearchParams(location.search).get("person"));

const SECTIONS = [
  ["portfolio", "My Portfolio", portfolio],
  ["smart_trades", "SmartTrades", (state) => smartTradesSection(state, actions)],
  ["deals", "DCA deals", dealsSection],
  ["orders", "Opened orders", ordersSection],
  ["api", "API", (state) => tokensSection(state, actions)],
  ["subscription", "Subscription", subscription],
];
let open = location.hash.slice(1) || "portfolio";
let state = null;
let drawn = "";

const actions = {
  person,
  async send(path, order = {}) {
    const answer = await post(path, { person, ...order });
    await look();
    return answer;
  },
};

async function look() {
  const answer = await fetch(`/desk/three_commas/api/state?person=${person}`);
  if (!answer.ok) return;
  state = await answer.json();
  draw();
}

function draw() {
  const now = open + JSON.stringify(state);
  if (now === drawn) return;
  drawn = now;
  const unfolded = new Set([...document.querySelectorAll("main details[open]")].map((d) => d.dataset.of));
  document.querySelector("nav").replaceChildren(...SECTIONS.map(([name, label]) =>
    el("button", { role: "tab", "aria-selected": String(name === open), onclick: () => show(name) }, label)));
  const section = SECTIONS.find(([name]) => name === open) ?? SECTIONS[0];
  document.querySelector("main").replaceChildren(...section[2](state));
  document.querySelectorAll("main details").forEach((d) => { d.open = unfolded.has(d.dataset.of); });
}

function show(name) {
  open = name;
  history.replaceState(null, "", `#${name}`);
  draw();
}

function portfolio({ accounts, total_usd: total }) {
  const cards = accounts.map(accountCard);
  if (!cards.length) cards.push(el("div", { class: "card empty" }, "No exchange account is connected."));
  return [
    el("div", { class: "head" }, el("h1", {}, "My Portfolio"), el("span", { class: "total" }, `$${total}`)),
    el("div", { class: "cards" }, ...cards),
  ];
}

function accountCard(account) {
  const refresh = el("button", { class: "icon", title: "Refresh", "aria-label": `Refresh ${account.name}` }, icon("refresh"));
  refresh.onclick = async () => {
    refresh.classList.add("busy");
    try {
      await actions.send(`accounts/${account.id}/refresh`);
      toast("Balances are up to date");
    } catch (refusal) {
      toast(refusal.message);
      await look();
    }
    refresh.classList.remove("busy");
  };
  const update = () => updateKeyDialog(account, actions);
  return el("section", { class: "card", "aria-label": account.name },
    el("div", { class: "line" },
      el("div", { class: "grow" },
        el("div", { class: "name" }, account.name),
        el("div", { class: "muted small" }, account.exchange, account.subaccount ? ` · sub-account ${account.subaccount}` : "")),
      el("div", { class: "figure" },
        el("div", { class: "name" }, `$${account.usd}`),
        el("div", { class: "muted small btc" }, `${account.btc} BTC`)),
      refresh,
      menu(account, update)),
    account.error && el("div", { class: account.key_dead ? "note-danger" : "note-warn" },
      el("span", {}, account.key_dead ? `API key is invalid. ${account.error}` : account.error),
      account.key_dead && el("button", { class: "btn danger", onclick: update }, "Update API key")),
    !account.error && account.keys_state === "expire_soon" && el("div", { class: "note-warn" },
      el("span", {}, "The API key expires soon."), el("button", { class: "btn", onclick: update }, "Update API key")),
    el("details", { "data-of": `account ${account.id}` },
      el("summary", {}, `Balances, loaded ${when(account.loaded_at)}`),
      el("table", {},
        el("tr", {}, el("th", {}, "Asset"), ...["Free", "In orders", "USD"].map((h) => el("th", { class: "figure" }, h))),
        ...account.holdings.map((h) => el("tr", {}, el("td", {}, h.asset),
          ...[h.free, h.locked, h.usd].map((figure) => el("td", { class: "figure" }, figure)))))));
}

function menu(account, update) {
  const box = el("div", { class: "menu" });
  const button = el("button", { class: "icon", title: "More", "aria-label": `More for ${account.name}`, "aria-haspopup": "menu" }, icon("dots"));
  const close = () => box.querySelector("div")?.remove();
  const rename = async () => {
    const name = await ask("Rename exchange account", "Name", account.name);
    if (name === null) return;
    try { await actions.send(`accounts/${account.id}/rename`, { name }); } catch (refusal) { toast(refusal.message); }
  };
  button.onclick = () => {
    if (box.querySelector("div")) return close();
    box.append(el("div", { role: "menu" },
      el("button", { role: "menuitem", onclick: () => { close(); update(); } }, "Update API key"),
      el("button", { role: "menuitem", onclick: () => { close(); rename(); } }, "Rename")));
    setTimeout(() => document.addEventListener("click", close, { once: true }));
  };
  box.append(button);
  return box;
}

function subscription({ plans, plan, plan_ended: ended }) {
  const change = (order) => actions.send("plan", { plan, ended, ...order });
  return [
    el("div", { class: "head" }, el("h1", {}, "Subscription")),
    el("div", { class: "card" }, ...plans.map((offer) => el("label", { class: "plan" },
      el("input", { type: "radio", name: "plan", value: offer.code, checked: offer.code === plan, onchange: () => change({ plan: offer.code }) }),
      el("span", {}, el("b", {}, offer.name), el("span", { class: "muted small" }, offer.text))))),
    el("h2", {}, "State"),
    el("div", { class: "card" }, el("label", { class: "plan" },
      el("input", { type: "checkbox", checked: ended, onchange: (event) => change({ ended: event.target.checked }) }),
      el("span", {}, el("b", {}, "The subscription has ended"),
        el("span", { class: "muted small" }, "The account falls back to what Free offers until it is renewed.")))),
    ended && notice("Your subscription has ended. Trading tools and the API are off.", "note-danger"),
  ].filter(Boolean);
}

function when(iso) {
  if (!iso) return "never";
  return new Date(iso).toLocaleString([], { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" });
}

await look();
setInterval(look, 2000);
