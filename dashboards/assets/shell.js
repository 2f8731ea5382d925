// What the shell does in the browser: arriving on a page, choosing, navigating.
window.dash_clientside = window.dash_clientside || {};
window.dash_clientside.shell = {
  arrive(_, title, pathname) {
    if (title) document.title = `${title} · Segment Stripe`;
    const before = window.arrivedAt;
    window.arrivedAt = pathname;
    if (before !== undefined && before !== pathname) {
      window.scrollTo(0, 0);
      document.getElementById("content").focus({ preventScroll: true });
    } else {
      // The page was drawn anew: whoever was at a chooser stays there.
      requestAnimationFrame(() => {
        if (document.activeElement !== document.body || !window.focusedId) return;
        document.getElementById(window.focusedId)?.focus({ preventScroll: true });
      });
    }
    return window.dash_clientside.no_update;
  },

  // Choosers whose value is no longer the address's write it there.
  choose(values, ids, chosen, search) {
    const parameters = new URLSearchParams(search);
    let changed = false;
    ids.forEach((id, index) => {
      const value = values[index];
      const unfinished = Array.isArray(value) && value.includes(null);
      const text = String(value ?? "");
      if (unfinished || text === String(chosen[index] ?? "")) return;
      changed = true;
      if (text) parameters.set(id.name, text);
      else parameters.delete(id.name);
    });
    if (!changed) return window.dash_clientside.no_update;
    parameters.delete("page");
    return parameters.size ? `?${parameters}` : "";
  },

  // What was looked up is an address.
  follow: (search) => search || window.dash_clientside.no_update,

  mark(pathname, ids) {
    for (const link of document.querySelectorAll("nav a")) {
      if (link.pathname === pathname) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    return [ids.map((id) => id.path === pathname), false];
  },

  open(opened, navbar) {
    return { ...navbar, collapsed: { mobile: !opened } };
  },
};

document.addEventListener("focusin", (event) => {
  window.focusedId = event.target.id;
});

// Links to pages change the address without loading the application again.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='/']");
  const elsewhere =
    event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
  if (!link || event.defaultPrevented || elsewhere) return;
  if (link.target || link.hasAttribute("download")) return;
  event.preventDefault();
  window.history.pushState({}, "", link.href);
  window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
});

// Enter in a lookup takes the first that was found, although it came after the letters.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.closest(".lookup")) return;
  const list = document.getElementById(event.target.getAttribute("aria-controls"));
  if (list?.querySelector("[data-combobox-selected]")) return;
  list?.querySelector("[role=option]")?.click();
});
