// A table is one stop of Tab: arrows walk through it, and Enter follows the link of a
// cell or sorts by a heading.
(() => {
  const STOPS = "a[href], button, input, select, textarea, summary, [tabindex='0']";

  document.addEventListener(
    "keydown",
    (event) => {
      if (event.key === "Enter") follow(event.target);
      if (event.key === "Tab") leave(event);
    },
    true,
  );

  function follow(target) {
    if (!target.matches?.(".ag-cell, .ag-header-cell")) return;
    target.querySelector("a[href]")?.click();
  }

  // To what stands before or after the rows; the buttons of its pages are after them.
  function leave(event) {
    const rows = event.target.closest?.(".ag-root");
    if (!rows) return;
    const side = event.shiftKey
      ? Node.DOCUMENT_POSITION_PRECEDING
      : Node.DOCUMENT_POSITION_FOLLOWING;
    const own = rows.closest(".ag-root-wrapper");
    const stops = [...document.querySelectorAll(STOPS)].filter(
      (stop) =>
        stop.tabIndex >= 0 &&
        !stop.disabled &&
        stop.getClientRects().length &&
        rows.compareDocumentPosition(stop) & side &&
        !rows.contains(stop) &&
        !(own.contains(stop) && stop.matches(".ag-tab-guard")),
    );
    const next = event.shiftKey ? stops.at(-1) : stops[0];
    if (!next) return;
    event.preventDefault();
    event.stopPropagation();
    next.focus();
  }
})();
