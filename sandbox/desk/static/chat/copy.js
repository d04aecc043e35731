// Copying and short notices.

const toast = document.getElementById("toast");
let hiding = 0;

export function notice(text, milliseconds = 2600) {
  toast.textContent = text;
  toast.classList.add("on");
  clearTimeout(hiding);
  hiding = setTimeout(() => toast.classList.remove("on"), milliseconds);
}

export function alertBox(text) {
  document.getElementById("alert-text").textContent = text;
  document.getElementById("alert").showModal();
}

// navigator.clipboard exists on https and localhost only, and may be forbidden.
export async function copy(text) {
  const done = await byClipboard(text) || bySelection(text);
  notice(done ? "Copied" : "Copying is not allowed here. Select the text and copy it by hand.");
}

async function byClipboard(text) {
  if (!navigator.clipboard) return false;
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

function bySelection(text) {
  const before = document.activeElement;
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "hidden";
  area.setAttribute("readonly", "");
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  if (before) before.focus();
  return done;
}
