// Makes tabs of links to parts of the page that stand one below the other: arrow keys move, as on any tab list.

/** `onShow` is told the language whenever another tab is shown. */
export function makeTabs(list, label, onShow = () => undefined) {
  const tabs = [...list.querySelectorAll("a[data-language]")];
  const panelOf = (tab) => document.querySelector(`[id="${tab.getAttribute("href").slice(1)}"]`);
  list.setAttribute("role", "tablist");
  list.setAttribute("aria-label", label);
  for (const tab of tabs) {
    const panel = panelOf(tab);
    tab.id ||= `tab-${panel.id}`;
    tab.setAttribute("role", "tab");
    tab.setAttribute("aria-controls", panel.id);
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", tab.id);
    panel.classList.add("tabbed");
    tab.addEventListener("click", (event) => {
      event.preventDefault();
      show(tab.dataset.language);
    });
    tab.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      const at = tabs.indexOf(tab);
      const next =
        { Home: tabs[0], End: tabs.at(-1) }[event.key] ?? (step && tabs.at((at + step) % tabs.length));
      if (event.key === " ") tab.click();
      if (next === undefined && event.key !== " ") return;
      event.preventDefault();
      if (next === undefined) return;
      show(next.dataset.language);
      next.focus();
    });
  }

  function show(language) {
    const wanted = tabs.find((tab) => tab.dataset.language === language) ?? tabs[0];
    for (const tab of tabs) {
      const on = tab === wanted;
      tab.setAttribute("aria-selected", String(on));
      tab.tabIndex = on ? 0 : -1;
      panelOf(tab).hidden = !on;
    }
    onShow(wanted.dataset.language);
  }
  return show;
}
