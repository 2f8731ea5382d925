// One search for everything, in the header: "/" or Ctrl-K, arrows, Enter, Escape.
(() => {
  const WAIT = 140; // milliseconds after the last letter
  const FORM = `
    <form role="search" action="/search">
      <span class="icon icon-not-found" aria-hidden="true"></span>
      <input id="search-field" type="search" name="q" role="combobox" maxlength="200"
        placeholder="Search" aria-label="Search everything" autocomplete="off"
        autocapitalize="off" spellcheck="false" aria-autocomplete="list"
        aria-expanded="false" aria-controls="search-found">
      <kbd aria-hidden="true">/</kbd>
    </form>
    <div id="search-found" role="listbox" aria-label="Found" hidden></div>
    <span id="search-said" role="status" class="unseen"></span>`;
  let field, list, said, timer, request;
  let asked = null; // what the list is of
  let isWanted = false; // Enter came before the answer

  const options = () => [...list.querySelectorAll("[role=option]")];

  function element(tag, className, text) {
    const made = document.createElement(tag);
    made.className = className;
    made.textContent = text;
    return made;
  }

  function option(href, title, detail, number) {
    const made = element("a", "search-option", "");
    Object.assign(made, { href, id: `search-option-${number}`, tabIndex: -1 });
    made.setAttribute("role", "option");
    made.setAttribute("aria-selected", "false");
    made.append(element("span", "search-title", title));
    if (detail) made.append(element("span", "search-detail", detail));
    return made;
  }

  function show({ groups, all }) {
    let number = 0;
    list.replaceChildren();
    for (const { title, count, options: found } of groups) {
      const group = element("div", "search-group", "");
      group.setAttribute("role", "group");
      group.setAttribute("aria-label", title);
      const more = count > found.length ? `${found.length} of ${count}` : "";
      const heading = element("div", "search-heading", title);
      heading.setAttribute("aria-hidden", "true");
      heading.append(element("span", "", more));
      group.append(heading);
      for (const each of found) {
        group.append(option(each.href, each.title, each.detail, number++));
      }
      list.append(group);
    }
    const count = groups.reduce((sum, group) => sum + group.count, 0);
    const everything = count ? "All results" : `Nothing holds “${asked}”`;
    list.append(option(all, everything, "", number));
    list.lastChild.classList.add("search-all");
    said.textContent = count === 1 ? "1 result" : `${count} results`;
    open(true);
    mark(options()[0]);
    if (isWanted) options()[0].click();
    isWanted = false;
  }

  function open(isOpen) {
    list.hidden = !isOpen;
    field.setAttribute("aria-expanded", String(isOpen));
    if (!isOpen) field.removeAttribute("aria-activedescendant");
  }

  function mark(chosen) {
    for (const each of options()) {
      each.setAttribute("aria-selected", String(each === chosen));
    }
    field.setAttribute("aria-activedescendant", chosen.id);
    chosen.scrollIntoView({ block: "nearest" });
  }

  function close() {
    clearTimeout(timer);
    request?.abort();
    [asked, isWanted] = [null, false];
    said.textContent = "";
    open(false);
  }

  async function ask(text) {
    request?.abort();
    request = new AbortController();
    asked = text;
    try {
      const answer = await fetch(`/search.json?q=${encodeURIComponent(text)}`, {
        signal: request.signal,
      });
      if (!answer.ok) throw new Error(answer.statusText);
      show(await answer.json());
    } catch (error) {
      if (error.name === "AbortError") return;
      close();
      said.textContent = "The search failed.";
    }
  }

  function typed() {
    const text = field.value.trim();
    if (!text) return close();
    if (text === asked) return;
    clearTimeout(timer);
    request?.abort();
    asked = null;
    timer = setTimeout(() => ask(text), WAIT);
  }

  function pressed(event) {
    if (event.isComposing) return;
    const found = list.hidden ? [] : options();
    const at = found.findIndex((each) => each.ariaSelected === "true");
    if (event.key === "Escape") {
      event.preventDefault();
      if (list.hidden) field.value = "";
      if (list.hidden) field.blur();
      close();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!found.length) return typed();
      const step = event.key === "ArrowDown" ? 1 : -1;
      mark(found[(at + step + found.length) % found.length]);
    } else if (event.key === "Enter") {
      event.preventDefault();
      const text = field.value.trim();
      if (!text) return;
      if (asked === text && found.length) return found[at].click();
      isWanted = true;
      if (asked !== text) {
        clearTimeout(timer);
        ask(text);
      }
    }
  }

  function fill(place) {
    place.innerHTML = FORM;
    [field, list, said] = place.querySelectorAll("input, #search-found, #search-said");
    field.addEventListener("input", typed);
    field.addEventListener("keydown", pressed);
    field.addEventListener("focus", typed);
    place.addEventListener("submit", (event) => event.preventDefault());
    // After a choice the box is closed and empty, and the page has the focus.
    list.addEventListener("click", (event) => {
      if (!event.target.closest("a") || event.ctrlKey || event.metaKey) return;
      close();
      field.value = "";
      field.blur();
    });
    place.addEventListener("focusout", (event) => {
      if (!place.contains(event.relatedTarget)) close();
    });
  }

  document.addEventListener("keydown", (event) => {
    if (!field) return;
    const isTyping = event.target.closest?.("input, textarea, select, [contenteditable]");
    const isSlash = event.key === "/" && !isTyping && !event.ctrlKey && !event.metaKey;
    const isK = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey);
    if (!isSlash && !isK) return;
    event.preventDefault();
    field.focus();
    field.select();
  });

  new MutationObserver((_, observer) => {
    const place = document.getElementById("search");
    if (!place) return;
    observer.disconnect();
    fill(place);
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
