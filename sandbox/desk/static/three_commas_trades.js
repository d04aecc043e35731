// The sections "SmartTrades", "DCA deals" and "Orders": lists with the details that the history page keeps.
import { el, copy, toast } from "/static/three_commas_parts.js";

export function smartTradesSection({ smart_trades: trades }, actions) {
  return [
    el("div", { class: "head" }, el("h1", {}, "SmartTrades")),
    ...group("Active", trades.filter((trade) => !trade.closed), (trade) => smartTradeCard(trade, actions), "No SmartTrade is active."),
    ...group("History", trades.filter((trade) => trade.closed), (trade) => smartTradeCard(trade, actions), "Nothing in the history yet."),
  ];
}

export function dealsSection({ deals }) {
  return [
    el("div", { class: "head" }, el("h1", {}, "DCA deals")),
    ...group("Active", deals.filter((deal) => !deal.closed), dealCard, "No deal is active."),
    ...group("History", deals.filter((deal) => deal.closed), dealCard, "Nothing in the history yet."),
  ];
}

export function ordersSection({ opened_orders: orders, grid_bots: bots }) {
  const heads = ["Order ID", "Pair", "Side", "Price", "Left", "Belongs to"];
  return [
    el("div", { class: "head" }, el("h1", {}, "Opened orders")),
    orders.length
      ? el("div", { class: "card wide" }, el("table", {}, el("tr", {}, ...heads.map((head) => el("th", {}, head))), ...orders.map(orderRow)))
      : el("p", { class: "muted" }, "3Commas has no open order at an exchange."),
    ...(bots.length ? group("Grid bots", bots, gridCard, "") : []),
  ];
}

function orderRow(order) {
  return el("tr", {},
    el("td", {}, el("span", { class: "mono" }, order.order_id), " ",
      el("button", { class: "link", "aria-label": `Copy order ID ${order.order_id}`, onclick: () => copy(order.order_id) }, "Copy")),
    el("td", {}, order.pair, el("div", { class: "muted small" }, order.account)),
    el("td", { class: order.side === "buy" ? "ok" : "danger" }, order.side), el("td", {}, order.price), el("td", {}, order.left),
    el("td", {}, order.owner));
}

function gridCard(bot) {
  return el("section", { class: "card", "aria-label": `Grid bot ${bot.id}` },
    el("div", {}, el("span", { class: "name" }, bot.name), " ", el("span", { class: "muted" }, `#${bot.id}`), " ",
      el("span", { class: `chip ${bot.enabled ? "ok" : ""}` }, bot.enabled ? "Enabled" : "Disabled")),
    el("div", { class: "muted small" }, `${bot.pair} · ${bot.account}`),
    el("details", { "data-of": `grid ${bot.id}` }, el("summary", {}, "Lines"),
      facts(...bot.lines.map((line) => [line.rate, `${line.side} ${line.quantity} · ${line.status}`]))));
}

function group(title, rows, card, nothing) {
  return [
    el("h2", {}, `${title} (${rows.length})`),
    rows.length ? el("div", { class: "cards" }, ...rows.map(card)) : el("p", { class: "muted" }, nothing),
  ];
}

function profit({ profit: amount, percent, quote }) {
  const tone = amount.startsWith("-") ? "danger" : "ok";
  const sign = amount.startsWith("-") ? "" : "+";
  return el("div", { class: "figure" }, el("div", { class: `name ${tone}` }, `${sign}${percent} %`),
    el("div", { class: "muted small" }, `${sign}${amount} ${quote}`));
}

function day(iso) {
  return iso ? new Date(iso).toLocaleString([], { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" }) : "";
}

function facts(...pairs) {
  return el("dl", {}, ...pairs.filter(([, value]) => value).flatMap(([label, value]) => [el("dt", {}, label), el("dd", {}, value)]));
}

function tone(trade) {
  if (trade.state === "failed") return "danger";
  return trade.state === "finished" ? "ok" : "";
}

async function cancel(trade, actions) {
  try {
    await actions.send(`smart_trades/${trade.id}/cancel`);
    toast("The SmartTrade is cancelled");
  } catch (refusal) {
    toast(refusal.message);
  }
}

function smartTradeCard(trade, actions) {
  return el("section", { class: "card", "aria-label": `SmartTrade ${trade.id}` },
    el("div", { class: "line" },
      el("div", { class: "grow" },
        el("div", {}, el("span", { class: "name" }, trade.pair), " ", el("span", { class: "muted" }, `#${trade.id}`), " ",
          el("span", { class: `chip ${tone(trade)}` }, trade.status), " ",
          trade.invalid_api && el("span", { class: "chip danger" }, "Invalid API")),
        el("div", { class: "muted small" }, `${trade.type} · ${trade.account}`)),
      trade.profit !== "0.00" && profit(trade)),
    trade.error && el("div", { class: "note-danger" }, trade.error),
    el("details", { "data-of": `trade ${trade.id}` },
      el("summary", {}, "Details"),
      facts(
        ["Entry", `${trade.side} ${trade.units} ${trade.asset} at ${trade.entry}`],
        ["Entered", `${trade.entered} ${trade.asset}`],
        ["Leverage", trade.leverage],
        ...trade.targets.map((target, place) => [`Take profit ${place + 1}`,
          `${target.units} ${trade.asset} at ${target.price} (${target.volume} %, ${target.order_type}${target.trailing ? `, trailing ${target.trailing} %` : ""}) · ${target.status}${target.filled ? `, ${target.filled} filled` : ""}`]),
        ["Stop loss", trade.stop && `${trade.stop.price} (${trade.stop.order_type}) · ${trade.stop.status}`],
        ["Note", trade.note],
        ["Created", day(trade.created_at)],
        ["Closed", day(trade.closed_at)]),
      trade.cancellable && el("div", { class: "actions" },
        el("button", { class: "btn danger", "aria-label": `Cancel SmartTrade ${trade.id}`, onclick: () => cancel(trade, actions) }, "Cancel, keep the funds"))));
}

function dealCard(deal) {
  return el("section", { class: "card", "aria-label": `Deal ${deal.id}` },
    el("div", { class: "line" },
      el("div", { class: "grow" },
        el("div", {}, el("span", { class: "name" }, deal.pair), " ", el("span", { class: "muted" }, `#${deal.id}`), " ",
          el("span", { class: `chip ${deal.error ? "danger" : ""}` }, deal.error && !deal.closed ? "Error" : deal.status)),
        el("div", { class: "muted small" }, `${deal.bot} · ${deal.account}`)),
      profit(deal)),
    deal.error && el("div", { class: "note-danger" }, deal.error),
    el("details", { "data-of": `deal ${deal.id}` },
      el("summary", {}, "Details"),
      facts(
        ["Strategy", deal.strategy],
        ["Bought", `${deal.bought} ${deal.asset} at ${deal.average}`],
        ["Take profit", `${deal.take_profit} ${deal.quote}`],
        ...deal.orders.map((order) => [order.kind, `${order.side} ${order.quantity} at ${order.rate} · ${order.status}`]),
        ["Started", day(deal.created_at)],
        ["Closed", day(deal.closed_at)])));
}
