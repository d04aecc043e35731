// One small menu at a time, opened at a button, closed by Escape, a click elsewhere, or a choice.

let opened = null;

export function openMenu(anchor, items) {
  const again = opened && opened.anchor === anchor;
  closeMenu();
  if (again) return;
  const menu = document.createElement("div");
  menu.className = "menu";
  menu.setAttribute("role", "menu");
  for (const { label, act, danger } of items) {
    const item = document.createElement("button");
    item.type = "button";
    item.setAttribute("role", "menuitem");
    item.textContent = label;
    if (danger) item.classList.add("danger");
    item.addEventListener("click", () => {
      closeMenu();
      act();
    });
    menu.append(item);
  }
  document.body.append(menu);
  place(menu, anchor);
  anchor.setAttribute("aria-expanded", "true");
  opened = { menu, anchor };
  menu.querySelector("button").focus({ preventScroll: true });
}

export function closeMenu() {
  if (!opened) return;
  opened.menu.remove();
  opened.anchor.setAttribute("aria-expanded", "false");
  if (document.activeElement === document.body) opened.anchor.focus({ preventScroll: true });
  opened = null;
}

function place(menu, anchor) {
  const spot = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = menu;
  const below = spot.bottom + height + 8 < innerHeight;
  menu.style.left = `${Math.max(8, Math.min(spot.right - width, innerWidth - width - 8))}px`;
  menu.style.top = `${below ? spot.bottom + 4 : Math.max(8, spot.top - height - 4)}px`;
}

document.addEventListener("click", (event) => {
  if (opened && !opened.menu.contains(event.target) && !opened.anchor.contains(event.target)) closeMenu();
});
document.addEventListener("keydown", (event) => {
  if (!opened) return;
  if (event.key === "Escape") {
    const { anchor } = opened;
    closeMenu();
    anchor.focus({ preventScroll: true });
  }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const items = [...opened.menu.querySelectorAll("button")];
  items[(items.indexOf(document.activeElement) + step + items.length) % items.length].focus();
});
