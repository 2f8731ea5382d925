// Tables are walked through with arrows; Enter follows the link of a cell.
document.addEventListener(
  "keydown",
  (event) => {
    if (event.key !== "Enter" || !event.target.matches?.(".ag-cell")) return;
    event.target.querySelector("a[href]")?.click();
  },
  true,
);
