// On paper a table has all of its rows.
{
  const grids = () =>
    [...document.querySelectorAll(".ag-root-wrapper")]
      .map((root) => root.closest("[id]")?.id)
      .map((id) => id && window.dash_ag_grid?.getApi(id))
      .filter(Boolean);
  let paged = [];
  window.addEventListener("beforeprint", () => {
    paged = grids().filter((grid) => grid.getGridOption("pagination"));
    for (const grid of paged) grid.setGridOption("pagination", false);
  });
  window.addEventListener("afterprint", () => {
    for (const grid of paged) grid.setGridOption("pagination", true);
  });
}
