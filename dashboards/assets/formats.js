// Numbers of charts, and links of tables.
// What hangs below the axis is no less than nothing.
const unsigned = (value, options) => (options?.isUnsigned ? Math.abs(value) : Number(value));
window.dashMantineFunctions = window.dashMantineFunctions || {};
Object.assign(window.dashMantineFunctions, {
  money(value, options) {
    const digits = { minimumFractionDigits: options.places, maximumFractionDigits: options.places };
    return `${unsigned(value, options).toLocaleString("en", digits)} ${options.currency}`;
  },
  plain: (value, options) =>
    unsigned(value, options).toLocaleString("en", { maximumFractionDigits: 2 }),
  rate: (value) =>
    Number(value).toLocaleString("en", { style: "percent", maximumFractionDigits: 1 }),
  compact: (value) =>
    Number(value).toLocaleString("en", { notation: "compact", maximumSignificantDigits: 3 }),
});

window.dashAgGridComponentFunctions = window.dashAgGridComponentFunctions || {};
// A link of a grid takes along what the page was chosen to show, and the way back to it.
window.withWay = (href) => {
  const link = new URL(href, location.origin);
  const here = new URLSearchParams(location.search);
  here.delete("from");
  for (const name of ["days", "currency", "account"]) {
    if (here.get(name) && !link.searchParams.has(name)) {
      link.searchParams.set(name, here.get(name));
    }
  }
  const search = here.size ? `?${here}` : "";
  link.searchParams.set("from", location.pathname + search);
  return link.pathname + link.search + link.hash;
};

// What a cell's link is made of, if it has one.
window.linkOf = (column, row) => {
  const { field, headerName } = column;
  const of = column.cellRendererParams?.of;
  const isShared = of && of !== field;
  const href = (!isShared || row[field]) && row[`${of ?? field}__link`];
  if (!href) return null;
  if (href.startsWith("/")) return { href: window.withWay(href) };
  const ariaLabel = `${headerName}, in a new tab`;
  return { href, target: "_blank", rel: "noopener noreferrer", ariaLabel };
};

window.dashAgGridComponentFunctions.PageLink = ({ colDef, data }) => {
  const text = data[`${colDef.field}__text`];
  const link = window.linkOf(colDef, data);
  if (!link) return text;
  const { ariaLabel, ...props } = link;
  // The table is one stop of Tab: assets/keyboard.js.
  return React.createElement("a", { ...props, tabIndex: -1, "aria-label": ariaLabel }, text);
};

window.dashAgGridComponentFunctions.SortLink = (props) => {
  const { displayName, href, direction } = props;
  const arrow = { ascending: "↑", descending: "↓" }[direction];
  const said = direction ? `${displayName}, sorted ${direction}` : `Sort by ${displayName}`;
  const mark = arrow && React.createElement("span", { "aria-hidden": true }, arrow);
  return React.createElement(
    "a",
    { href, className: "sort-link", tabIndex: -1, "aria-label": said },
    displayName,
    mark,
  );
};
