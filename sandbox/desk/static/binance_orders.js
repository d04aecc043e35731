"use strict";
// The tab "Orders": open orders with a button to cancel each, positions, and prices that a person may move.
// Loaded before binance.js, whose helpers it calls.

function orders(account) {
  return [
    card("Open orders", table(["Order", "Side", "Price", "Amount, locks", ""],
      account.orders.map((row) => orderCells(account, row)), "There are no open orders.")),
    card("Positions", table(["Symbol", "Side", "Amount", "Entry", "Mark", "Leverage", "Unrealized PNL"],
      account.positions.map((row) => [
        row.symbol, make("span", { class: row.side === "Long" ? "ok" : "danger" }, row.hedged ? `${row.side} leg` : row.side),
        `${row.amount} ${row.coin}`, row.entry, row.mark, `${row.leverage}x ${row.margin_type}`, signed(row.profit),
      ]), "There are no open positions.")),
    card("Prices", make("p", { class: "muted lead" }, "What a price touches is filled or triggered at once."),
      table(["Asset", "Price in USDT", "Move", "Set"], account.prices.map(priceCells), "Nothing here has a price.")),
  ];
}

const shortDate = (iso) => new Date(iso).toLocaleDateString("en-GB", { day: "numeric", month: "short" });
const twoLines = (above, below) => make("div", {}, above, make("div", { class: "muted below" }, below ?? ""));

function orderCells(account, row) {
  const kind = row.type.toLowerCase().replaceAll("_", " ");
  const side = make("span", { class: row.side === "BUY" ? "ok" : "danger" }, row.leg ? `${row.side} ${row.leg} leg` : row.side);
  const locks = row.locks && make("span", {}, row.list ? "list " : "", make("span", { class: "locked" }, row.locks));
  const id = make("span", {}, make("span", { class: "mono" }, String(row.id)), " ",
    make("button", { class: "copy", type: "button", "aria-label": `Copy order ID ${row.id}`, onclick: (event) => copy(String(row.id), event.target) }, "Copy"));
  const cancel = make("button", { class: "btn danger small", type: "button", "aria-label": `Cancel order ${row.id}` }, "Cancel");
  cancel.addEventListener("click", async () => {
    cancel.disabled = true;
    await call("POST", `/accounts/${account.id}/orders/${row.id}/cancel`).catch(() => null); // gone meanwhile: what was wanted
    await refresh();
  });
  return [
    twoLines(`${row.symbol} · ${row.market}`, id), twoLines(make("span", {}, side, make("span", { class: "muted" }, ` ${kind}`)), shortDate(row.placed)),
    twoLines(row.price ?? "market", row.trigger && `trigger ${row.trigger}`),
    twoLines(row.filled === "0" ? row.quantity ?? "position" : `${row.quantity}, ${row.filled} filled`, locks), cancel,
  ];
}

function priceCells({ asset, price }) {
  const move = async (to) => { await call("POST", "/prices", { asset, price: to }); await refresh(); };
  const step = (percent) => make("button", {
    class: "btn small", type: "button", "aria-label": `${asset} ${percent} percent`,
    onclick: () => move(String(Number((Number(price) * (1 + percent / 100)).toPrecision(7)))),
  }, `${percent > 0 ? "+" : "−"}${Math.abs(percent)} %`);
  const field = make("input", { class: "price", inputmode: "decimal", "aria-label": `New price of ${asset}`, placeholder: price });
  const form = make("form", { class: "setprice" }, field, make("button", { class: "btn small" }, "Set"));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try { await move(field.value.trim()); } catch (error) { field.setCustomValidity(error.message); field.reportValidity(); }
  });
  field.addEventListener("input", () => field.setCustomValidity(""));
  return [asset, price, make("span", { class: "steps" }, step(-5), step(-1), step(1), step(5)), form];
}
