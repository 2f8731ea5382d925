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

window.dashAgGridComponentFunctions.PageLink = (props) => {
  const field = props.colDef.field;
  const text = props.data[`${field}__text`];
  const isShared = props.of && props.of !== field;
  const href = (!isShared || props.value) && props.data[`${props.of ?? field}__link`];
  if (!href) return text;
  const isOurs = href.startsWith("/");
  const label = `${props.colDef.headerName}, in a new tab`;
  const away = { target: "_blank", rel: "noopener noreferrer", "aria-label": label };
  return React.createElement("a", isOurs ? { href: window.withWay(href) } : { href, ...away }, text);
};

window.dashAgGridComponentFunctions.SortLink = (props) => {
  const { displayName, href, direction } = props;
  const arrow = { ascending: "↑", descending: "↓" }[direction];
  const said = direction ? `${displayName}, sorted ${direction}` : `Sort by ${displayName}`;
  const mark = arrow && React.createElement("span", { "aria-hidden": true }, arrow);
  return React.createElement(
    "a",
    { href, className: "sort-link", "aria-label": said },
    displayName,
    mark,
  );
};
