// The frame around chat and desk: who sits here, which site is open, light or dark.

const THEMES = ["", "light", "dark"];
const THEME_NAMES = { "": "as the system", light: "light", dark: "dark" };
const THEME_ICONS = { "": "#i-auto", light: "#i-sun", dark: "#i-moon" };
const root = document.documentElement;
const byId = (id) => document.getElementById(id);
const frames = [...document.querySelectorAll(".desk iframe")];
const world = document.querySelector(".world");

export const state = JSON.parse(byId("state").textContent);

function siteAddress(site) {
  const query = new URLSearchParams({ person: state.person });
  if (root.dataset.theme) query.set("theme", root.dataset.theme);
  return `/desk/${site}?${query}`;
}

// A site is loaded when it is first looked at, and stays alive behind the other one.
function openSite(site) {
  for (const frame of frames) {
    const chosen = frame.id === `site-${site}`;
    frame.hidden = !chosen;
    if (chosen && !frame.hasAttribute("src") && state.person !== null) frame.src = siteAddress(site);
  }
}

function showTheme() {
  const theme = root.dataset.theme || "";
  const button = byId("theme");
  button.querySelector("use").setAttribute("href", THEME_ICONS[theme]);
  button.setAttribute("aria-label", `Colours: ${THEME_NAMES[theme]}. Change`);
  button.title = `Colours: ${THEME_NAMES[theme]}`;
  for (const frame of frames) {
    const inside = frame.contentDocument && frame.contentDocument.documentElement;
    if (!inside) continue;
    if (theme) inside.dataset.theme = theme;
    else delete inside.dataset.theme;
  }
}

function changeTheme() {
  const next = THEMES[(THEMES.indexOf(root.dataset.theme || "") + 1) % THEMES.length];
  if (next) root.dataset.theme = next;
  else delete root.dataset.theme;
  localStorage.setItem("theme", next);
  showTheme();
}

// Arrow keys move among the tabs of one list, as screen readers announce it.
function makeTabs(list, choose) {
  const tabs = [...list.querySelectorAll("[role=tab]")];
  const select = (tab) => {
    for (const other of tabs) {
      other.setAttribute("aria-selected", String(other === tab));
      other.tabIndex = other === tab ? 0 : -1;
    }
    choose(tab);
  };
  list.addEventListener("click", (event) => {
    const tab = event.target.closest("[role=tab]");
    if (tab) select(tab);
  });
  list.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const tab = tabs[(tabs.indexOf(document.activeElement) + step + tabs.length) % tabs.length];
    tab.focus();
    select(tab);
  });
}

function sitDown(id) {
  state.person = id;
  const person = state.people.find((one) => one.id === id);
  if (!person) return;
  byId("who-face").textContent = person.name.slice(0, 1);
  const address = new URL(location.href);
  address.searchParams.set("person", id);
  history.replaceState(null, "", address);
  for (const frame of frames) {
    frame.removeAttribute("src");
    if (!frame.hidden) frame.src = siteAddress(frame.id.replace("site-", ""));
  }
}

function fillPeople() {
  const who = byId("who");
  for (const person of state.people) {
    const option = new Option(person.name, String(person.id), false, person.id === state.person);
    who.append(option);
  }
  who.addEventListener("change", () => {
    sitDown(Number(who.value));
    document.dispatchEvent(new CustomEvent("person", { detail: state.person }));
  });
}

fillPeople();
if (state.person !== null) sitDown(state.person);
makeTabs(document.querySelector(".desk-tabs"), (tab) => openSite(tab.dataset.site));
makeTabs(document.querySelector(".views"), (tab) => {
  world.dataset.view = tab.id === "tab-desk" ? "desk" : "chat";
  document.dispatchEvent(new CustomEvent("view", { detail: world.dataset.view }));
});
openSite("three_commas");
byId("theme").addEventListener("click", changeTheme);
for (const frame of frames) frame.addEventListener("load", showTheme);
showTheme();
