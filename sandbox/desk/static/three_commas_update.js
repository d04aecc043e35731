// The dialog "Update API key": Fast Connect where the market has it, or by hand with the address list to copy.
import { el, copyBox, field, notice, openDialog, toast } from "/static/three_commas_parts.js";

export function updateKeyDialog(account, actions) {
  const fast = account.flows.includes("fast_connect");
  let byHand = !fast;
  const body = el("div");
  const dialog = openDialog(el("div", { class: "sheet" },
    el("h1", {}, "Update API key"),
    el("p", { class: "muted" }, `${account.name} · ${account.exchange}`),
    fast && el("div", { class: "switch", role: "radiogroup", "aria-label": "How to connect" },
      choice("Fast Connect", false), choice("By hand", true)),
    body));
  drawBody();

  function choice(label, value) {
    return el("label", {},
      el("input", { type: "radio", name: "flow", checked: value === byHand, onchange: () => { byHand = value; drawBody(); } }),
      el("span", {}, label));
  }

  function drawBody() {
    body.replaceChildren(...(byHand ? handForm() : fastForm()));
  }

  function fastForm() {
    const problem = el("div");
    const go = el("button", { type: "button", class: "btn primary" }, "Fast Connect");
    go.onclick = () => carryOut(go, problem, "fast_connect", {});
    return [
      el("p", {}, `${account.venue} makes a new key for 3Commas: reading, spot and futures trading, no withdrawals. The addresses are set by themselves.`),
      el("p", { class: "muted small" }, `For the main account. The old key stays at ${account.venue} until you delete it there.`),
      problem,
      el("div", { class: "actions" }, cancel(), go),
    ];
  }

  function handForm() {
    const problem = el("div");
    const inputs = account.fields.map(({ field: name, label }) => {
      const input = el("input", { name, autocomplete: "off", spellcheck: "false", class: "mono" });
      return [name, field(label, input), input];
    });
    const save = el("button", { class: "btn primary" }, "Update");
    const form = el("form", {},
      account.trusted_ips.length > 0 && field(`1. Restrict the key at ${account.venue} to these addresses (${account.trusted_ips.length})`, copyBox(account.trusted_ips.join(" "), "addresses")),
      el("p", { class: "muted small" }, account.trusted_ips.length > 0 && "2. ", "Enter the new key:"),
      ...inputs.map(([, box]) => box),
      problem,
      el("div", { class: "actions" }, cancel(), save));
    form.style.padding = "0";
    form.onsubmit = (event) => {
      event.preventDefault();
      carryOut(save, problem, "update_key", Object.fromEntries(inputs.map(([name, , input]) => [name, input.value])));
    };
    return [form];
  }

  function cancel() {
    return el("button", { type: "button", class: "btn", onclick: () => dialog.close() }, "Cancel");
  }

  async function carryOut(button, problem, action, order) {
    button.disabled = true;
    problem.replaceChildren();
    try {
      await actions.send(`accounts/${account.id}/${action}`, order);
      dialog.close();
      toast("The API key is updated");
    } catch (refusal) {
      problem.replaceChildren(notice(refusal.message, "note-danger"));
      button.disabled = false;
    }
  }
}
