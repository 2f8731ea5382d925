// Numbers of charts, and links of tables.
window.dashMantineFunctions = window.dashMantineFunctions || {};
Object.assign(window.dashMantineFunctions, {
  money(value, options) {
    const digits = { minimumFractionDigits: options.places, maximumFractionDigits: options.places };
    return `${Number(value).toLocaleString("en", digits)} ${options.currency}`;
  },
  plain: (value) => Number(value).toLocaleString("en", { maximumFractionDigits: 2 }),
  rate: (value) =>
    Number(value).toLocaleString("en", { style: "percent", maximumFractionDigits: 1 }),
  compact: (value) =>
    Number(value).toLocaleString("en", { notation: "compact", maximumSignificantDigits: 3 }),
});

window.dashAgGridComponentFunctions = window.dashAgGridComponentFunctions || {};
window.dashAgGridComponentFunctions.PageLink = (props) => {
  const field = props.colDef.field;
  const text = props.data[`${field}__text`];
  const href = props.data[`${field}__link`];
  return href ? React.createElement("a", { href }, text) : text;
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
