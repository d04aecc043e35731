// Small parts that every section uses.
const ICONS = {
  refresh: "M20 11a8 8 0 1 0-2.3 6.3M20 4v7h-7",
  dots: "M12 5h.01M12 12h.01M12 19h.01",
};

/** An element; `false` and `null` children are left out, `on…` attributes are listeners, booleans are properties. */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on") || typeof value === "boolean") node[name] = value;
    else node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== false && child !== null && child !== undefined && child !== ""));
  return node;
}

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", ICONS[name]);
  if (name === "dots") path.setAttribute("stroke-width", "3");
  svg.append(path);
  return svg;
}

/** Carry out an operation; throws an Error with the sentence to show when it was refused. */
export async function post(path, order) {
  const answer = await fetch(`/desk/three_commas/api/${path}`, {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(order),
  });
  if (answer.status === 409) throw new Error((await answer.json()).sentence);
  if (!answer.ok) throw new Error("The sandbox did not accept this.");
  return answer.json();
}

let hiding = 0;
export function toast(text) {
  const box = document.querySelector(".toast");
  // A dialog covers everything outside it, so the toast moves in while one is open.
  (document.querySelector("dialog[open]") ?? document.body).append(box);
  box.textContent = text;
  box.hidden = false;
  clearTimeout(hiding);
  hiding = setTimeout(() => { box.hidden = true; document.body.append(box); }, 3500);
}

/** Copy also where the clipboard API is missing (plain http on another host than localhost). */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = el("textarea", { style: "position:fixed;opacity:0" });
    area.value = text;
    (document.querySelector("dialog[open]") ?? document.body).append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  toast("Copied");
}

export function copyBox(text, label) {
  return el("div", { class: "copybox" }, el("span", { class: "mono" }, text),
    el("button", { type: "button", class: "btn", "aria-label": `Copy ${label}`, onclick: () => copy(text) }, "Copy"));
}

export function notice(text, kind) {
  return el("p", { class: kind, role: "alert" }, text);
}

export function field(label, input) {
  return el("label", { class: "field" }, el("span", {}, label), input);
}

/** Fill the page's dialog and open it; Escape and a click beside it close it. */
export function openDialog(...children) {
  const dialog = document.querySelector("dialog");
  dialog.replaceChildren(...children);
  dialog.onclick = (event) => { if (event.target === dialog) dialog.close(); };
  if (!dialog.open) dialog.showModal();
  return dialog;
}

/** Ask for one line of text; null when cancelled. */
export function ask(title, label, value) {
  return new Promise((resolve) => {
    const input = el("input", { name: "value", required: true });
    input.value = value;
    let given = null;
    const form = el("form", { method: "dialog" }, el("h1", {}, title), field(label, input),
      el("div", { class: "actions" },
        el("button", { type: "button", class: "btn", onclick: () => dialog.close() }, "Cancel"),
        el("button", { class: "btn primary", onclick: () => { given = input.value; } }, "Save")));
    const dialog = openDialog(form);
    dialog.onclose = () => { dialog.onclose = null; resolve(given); };
  });
}
