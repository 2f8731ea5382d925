// What the shell does in the browser: arriving on a page, choosing, navigating.
window.dash_clientside = window.dash_clientside || {};
window.dash_clientside.shell = {
  arrive(title, pathname) {
    document.title = `${title} · Segment Stripe`;
    if (window.arrivedAt !== undefined && window.arrivedAt !== pathname) {
      window.scrollTo(0, 0);
      document.getElementById("content").focus({ preventScroll: true });
    }
    window.arrivedAt = pathname;
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

  mark(pathname, ids) {
    return [ids.map((id) => id.path === pathname), false];
  },

  open(opened, navbar) {
    return { ...navbar, collapsed: { mobile: !opened } };
  },
};

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
