// The rows of a grid where a grid does not serve: cards on a phone, a table on paper.
// They are made from the grid's own rows, in its order, so that nothing is sent twice.
(() => {
  const GRID = '[id$=\'"type":"table"}\']';
  const PHONE = matchMedia("screen and (max-width: 640px)");
  const PAPER = matchMedia("print");
  const MOST_ON_PAPER = 1000;
  // Cards of many lines are long.
  const atFirst = (columns) => (columns.length > 8 ? 3 : 5);
  const MORE = 25;
  const grids = new WeakMap(); // {element of a grid: how it is read, and how many cards}

  function element(kind, props, ...children) {
    const made = Object.assign(document.createElement(kind), props);
    made.append(...children.filter((child) => child !== null && child !== undefined));
    return made;
  }

  // The value as its column shows it, with its link.
  function content(column, row) {
    const text = row[`${column.getColId()}__text`];
    const link = window.linkOf(column.getColDef(), row);
    return link ? element("a", { ...link, textContent: text }) : text;
  }

  function rowsOf(api) {
    const rows = [];
    api.forEachNodeAfterFilterAndSort((node) => node.data && rows.push(node.data));
    const total = api.getPinnedBottomRow(0)?.data ?? null;
    return { rows, total, columns: api.getAllDisplayedColumns() };
  }

  const label = (column) => column.getColDef().headerName;
  const isFigure = (column) => column.getColDef().type === "rightAligned";

  function card(columns, row) {
    const [key, ...others] = columns;
    const lines = others.map((column) =>
      element("div", {},
        element("dt", { textContent: label(column) }),
        element("dd", {}, content(column, row))),
    );
    const title = element("p", { className: "row-title" },
      element("span", { className: "row-label", textContent: label(key) }),
      content(key, row));
    return element("li", { className: "row-card" }, title, element("dl", {}, ...lines));
  }

  // How the grid is sorted: by its own columns, or by links to the sorted page.
  function sorting(api, columns) {
    const params = (column) => column.getColDef().headerComponentParams;
    const sorted = columns.find((column) => params(column)?.direction ?? column.getSort());
    const byColumn = (id) => {
      const column = columns.find((one) => one.getColId() === id);
      if (params(column)) return follow(params(column).href);
      const sort = column.getSort() === "asc" ? "desc" : "asc";
      api.applyColumnState({ state: [{ colId: id, sort }], defaultState: { sort: null } });
    };
    const options = columns.map((column) =>
      element("option", {
        value: column.getColId(),
        textContent: label(column),
        selected: column === sorted,
      }),
    );
    if (!sorted) options.unshift(element("option", { textContent: "as it comes", value: "" }));
    const select = element("select", {}, ...options);
    select.addEventListener("change", () => select.value && byColumn(select.value));
    const reverse = element("button", { type: "button", className: "button", textContent: "Reverse" });
    reverse.hidden = !sorted;
    reverse.addEventListener("click", () => byColumn(select.value));
    return element("p", { className: "row-order" },
      element("label", {}, "Sorted by ", select), " ", reverse);
  }

  function follow(href) {
    const link = element("a", { href, hidden: true });
    document.body.append(link);
    link.click();
    link.remove();
  }

  function cards(api, seen, again) {
    const { rows, total, columns } = rowsOf(api);
    const list = element("ul", { className: "row-cards" });
    for (const row of rows.slice(0, seen.count)) list.append(card(columns, row));
    if (total) list.append(card(columns, total));
    const left = rows.length - seen.count;
    let more = null;
    if (left > 0) {
      const text = `Show ${Math.min(left, MORE)} more of ${rows.length}`;
      more = element("button", { type: "button", className: "button", textContent: text });
      more.addEventListener("click", () => {
        seen.count += MORE;
        again();
      });
    }
    return [rows.length > 1 ? sorting(api, columns) : null, list, more];
  }

  // How a cell stands on paper: figures to the right, long words may break.
  function placed(column, text) {
    return [isFigure(column) && "figure", /\S{18}/.test(text) && "long"].filter(Boolean).join(" ");
  }

  function table(api) {
    const { rows, total, columns: all } = rowsOf(api);
    // A link to somewhere else is nothing on paper.
    const columns = all.filter((column) => column.getColId() !== "stripe");
    const cell = (row) => (column) =>
      element("td", { className: placed(column, row[`${column.getColId()}__text`]) },
        content(column, row));
    const line = (row) => element("tr", {}, ...columns.map(cell(row)));
    const head = columns.map((column) =>
      element("th", { scope: "col", className: placed(column, ""), textContent: label(column) }));
    const left = rows.length - MOST_ON_PAPER;
    const rest = `${left} more rows are left out on paper; the link “CSV” of this table has them all.`;
    return [
      element("table", {},
        element("thead", {}, element("tr", {}, ...head)),
        element("tbody", {}, ...rows.slice(0, MOST_ON_PAPER).map(line)),
        total && element("tfoot", {}, line(total))),
      left > 0 ? element("p", { textContent: rest }) : null,
    ];
  }

  function draw(grid, isOnPaper) {
    const known = grids.get(grid);
    if (!known || known.api.isDestroyed()) return;
    let place = grid.querySelector(":scope > .rows");
    if (!isOnPaper && !PHONE.matches) return place?.remove();
    if (!place) grid.append((place = element("div", {})));
    place.className = isOnPaper ? "rows on-paper" : "rows";
    const again = () => draw(grid, false);
    const parts = isOnPaper ? table(known.api) : cards(known.api, known.seen, again);
    place.replaceChildren(...parts.filter(Boolean));
  }

  function drawAll(isOnPaper) {
    for (const grid of document.querySelectorAll(GRID)) draw(grid, isOnPaper);
  }

  async function watch(grid) {
    grids.set(grid, null);
    const api = await window.dash_ag_grid.getApiAsync(JSON.parse(grid.id));
    grids.set(grid, { api, seen: { count: atFirst(api.getAllDisplayedColumns()) } });
    const again = () => draw(grid, PAPER.matches);
    for (const event of ["sortChanged", "rowDataUpdated", "newColumnsLoaded", "firstDataRendered"]) {
      api.addEventListener(event, again);
    }
    again();
  }

  new MutationObserver(() => {
    for (const grid of document.querySelectorAll(GRID)) {
      if (!grids.has(grid) && window.dash_ag_grid) watch(grid);
    }
  }).observe(document.documentElement, { childList: true, subtree: true });

  PHONE.addEventListener("change", () => drawAll(PAPER.matches));
  PAPER.addEventListener("change", () => drawAll(PAPER.matches));
  addEventListener("beforeprint", () => drawAll(true));
  addEventListener("afterprint", () => drawAll(false));
})();
