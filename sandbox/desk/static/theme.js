// Light, dark, or as the system: decided before the first paint, so that nothing flashes.
(() => {
  const asked = new URLSearchParams(location.search).get("theme");
  const theme = asked || localStorage.getItem("theme") || "";
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
})();
