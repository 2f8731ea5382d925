// What the shell does in the browser: arriving on a page, choosing, navigating.
window.dash_clientside = window.dash_clientside || {};
window.dash_clientside.shell = {
  arrive(_, title, pathname, hash) {
    if (title) document.title = `${title} · Segment Stripe`;
    const before = window.arrivedAt;
    window.arrivedAt = pathname;
    if (hash) {
      window.showCard(hash);
    } else if (before !== undefined && before !== pathname) {
      window.scrollTo(0, 0);
      // Whoever searches already goes on typing.
      if (document.activeElement?.closest("#search")) return window.dash_clientside.no_update;
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

  // Days, currency and account go along to the pages of the navigation.
  carry(search, ids) {
    const all = new URLSearchParams(search);
    const kept = new URLSearchParams();
    for (const name of ["days", "currency", "account"]) {
      if (all.get(name)) kept.set(name, all.get(name));
    }
    const choices = kept.size ? `?${kept}` : "";
    return [ids.map(({ path }) => path + choices), `/${choices}`];
  },

  // A bar or point leads where its figure in the table below it does.
  openRows(clicked, series, ids) {
    const nothing = window.dash_clientside.no_update;
    const from = window.dash_clientside.callback_context.triggered_id;
    const place = ids.findIndex((id) => id.name === from?.name);
    const row = clicked[place]?.row;
    if (row === undefined) return nothing;
    const table = `[data-card="${from.name}"] .numbers tbody tr:nth-child(${row + 1})`;
    const link =
      document.querySelector(`${table} [data-field="${series[place]}"] a`) ??
      document.querySelector(`${table} a`);
    link?.click();
    return nothing;
  },

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

// The card that `#owing` names, once it stands: what is above it may still grow.
window.showCard = (hash) => {
  const name = CSS.escape(decodeURIComponent(hash.slice(1)));
  const stop = new AbortController();
  for (const type of ["wheel", "touchstart", "keydown", "pointerdown"]) {
    addEventListener(type, () => stop.abort(), { once: true, signal: stop.signal });
  }
  for (const wait of [0, 150, 400, 900, 1600]) {
    setTimeout(() => {
      const card = document.querySelector(`#${name}, [data-card="${name}"]`);
      if (!stop.signal.aborted) card?.scrollIntoView();
    }, wait);
  }
};

document.addEventListener("focusin", (event) => {
  window.focusedId = event.target.id;
});

// So do links to other pages, and figures of a chart's numbers, once one comes to them.
for (const type of ["pointerover", "focusin", "click"]) {
  document.addEventListener(
    type,
    ({ target }) => {
      const link = target.closest?.("#page a[href^='/']:not(.back, [download])");
      const href = link?.getAttribute("href");
      if (!href || /[?&]from=/.test(href)) return;
      const isElsewhere = link.pathname !== location.pathname;
      if (isElsewhere) link.setAttribute("href", window.withWay(href));
    },
    true,
  );
}

// Links to pages change the address without loading the application again.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='/']");
  const elsewhere =
    event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
  if (!link || event.defaultPrevented || elsewhere) return;
  if (link.target || link.hasAttribute("download")) return;
  event.preventDefault();
  const isHere = link.pathname + link.search === location.pathname + location.search;
  window.history.pushState({}, "", link.href);
  if (link.hash && isHere) window.showCard(link.hash);
  window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
});

document.addEventListener("click", ({ target }) => target.closest("#print") && print());

// The address of the view, for somebody else: without the way back of this one.
document.addEventListener("click", async ({ target }) => {
  const button = target.closest("#copy-link");
  if (!button) return;
  const link = new URL(location.href);
  link.searchParams.delete("from");
  await navigator.clipboard.writeText(link.href).then(
    () => (button.textContent = "Copied"),
    () => prompt("The link:", link.href),
  );
  setTimeout(() => (button.textContent = "Copy link"), 2000);
});
