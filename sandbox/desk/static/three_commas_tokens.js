// The section "API": access tokens of this person, and the dialog that makes a new one.
import { el, copyBox, field, notice, openDialog, toast } from "/static/three_commas_parts.js";

export function tokensSection(state, actions) {
  const cards = state.tokens.map((token) => tokenCard(token, actions));
  if (!cards.length) cards.push(el("div", { class: "card empty" }, "There is no API access token yet."));
  return [
    el("div", { class: "head" }, el("h1", {}, "API"),
      el("button", { class: "btn primary", onclick: () => newTokenDialog(state, actions) }, "New API access token")),
    el("div", { class: "cards" }, ...cards),
  ];
}

function tokenCard(token, actions) {
  const remove = async () => {
    try {
      await actions.send("tokens/delete", { key: token.key });
      toast("The token is deleted");
    } catch (refusal) {
      toast(refusal.message);
    }
  };
  return el("section", { class: "card", "aria-label": token.name },
    el("div", { class: "line" },
      el("div", { class: "grow" }, el("div", { class: "name" }, token.name),
        el("div", { class: "muted small" }, `${token.kind} · created ${new Date(token.created_at).toLocaleDateString()}`)),
      el("button", { class: "btn danger", onclick: () => confirmDelete(token, remove) }, "Delete")),
    field("API key", copyBox(token.key, "API key")),
    el("dl", {},
      el("dt", {}, "Permissions"), el("dd", {}, token.permissions.join(", ") || "none"),
      el("dt", {}, "IP addresses"), el("dd", { class: "mono" }, token.ips.join(", ") || "any")));
}

function confirmDelete(token, remove) {
  const dialog = openDialog(el("div", { class: "sheet" },
    el("h1", {}, `Delete “${token.name}”?`),
    el("p", {}, "Whoever uses this key is refused from then on."),
    el("div", { class: "actions" },
      el("button", { class: "btn", onclick: () => dialog.close() }, "Cancel"),
      el("button", { class: "btn danger", onclick: () => { dialog.close(); remove(); } }, "Delete"))));
}

function newTokenDialog(state, actions) {
  let kind = "self_generated";
  const name = el("input", { name: "name", required: true, placeholder: "What it is for" });
  const ips = el("textarea", { name: "ips", rows: "2", spellcheck: "false" });
  const publicKey = el("textarea", { name: "public_key", rows: "6", spellcheck: "false", placeholder: "-----BEGIN PUBLIC KEY-----" });
  const ticks = state.permissions.map(({ code, label }) => [code, el("input", { type: "checkbox", name: code }), label]);
  const keyField = field("Public key (RSA, 2048 or 4096 bits)", publicKey);
  const ipLabel = el("span", {});
  const problem = el("div");
  const create = el("button", { class: "btn primary" }, "Create");
  const form = el("form", {},
    el("h1", {}, "New API access token"),
    field("Name", name),
    el("div", { class: "switch", role: "radiogroup", "aria-label": "Kind of token" },
      choice("Self-generated", "self_generated"), choice("System-generated", "system")),
    keyField,
    el("span", { class: "muted small" }, "Permissions"),
    el("div", { class: "ticks" }, ...ticks.map(([, box, label]) => el("label", {}, box, label))),
    el("label", { class: "field" }, ipLabel, ips),
    problem,
    el("div", { class: "actions" },
      el("button", { type: "button", class: "btn", onclick: () => dialog.close() }, "Cancel"), create));
  form.onsubmit = async (event) => {
    event.preventDefault();
    create.disabled = true;
    problem.replaceChildren();
    try {
      const made = await actions.send("tokens", {
        kind, name: name.value, ips: ips.value, public_key: publicKey.value,
        permissions: ticks.filter(([, box]) => box.checked).map(([code]) => code),
      });
      showToken(made);
    } catch (refusal) {
      problem.replaceChildren(notice(refusal.message, "note-danger"));
      create.disabled = false;
    }
  };
  const dialog = openDialog(form);
  drawKind();

  function choice(label, value) {
    return el("label", {},
      el("input", { type: "radio", name: "kind", checked: value === kind, onchange: () => { kind = value; drawKind(); } }),
      el("span", {}, label));
  }

  function drawKind() {
    keyField.hidden = kind === "system";
    ipLabel.textContent = kind === "system" ? "IP addresses (required)" : "IP addresses (optional)";
  }
}

function showToken({ key, secret }) {
  const dialog = openDialog(el("div", { class: "sheet" },
    el("h1", {}, "The token is ready"),
    field("API key", copyBox(key, "API key")),
    secret && field("API secret", copyBox(secret, "API secret")),
    secret && notice("The secret is shown only now. Copy it before you close this window.", "note-warn"),
    el("div", { class: "actions" }, el("button", { class: "btn primary", onclick: () => dialog.close() }, "Done"))));
}
