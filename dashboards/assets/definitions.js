// What a figure means, for as long as one points at its label or has it in focus.
// Labels carry it as aria-description; of the headings of a table, its card does.
(() => {
  const bubble = document.createElement("div");
  bubble.id = "definition";
  bubble.setAttribute("role", "tooltip");
  let shown = null;
  let leaving;

  function labelAt(element) {
    const label = element.closest?.(".defined, .ag-header-cell");
    if (!label?.matches(".ag-header-cell")) return label;
    const all = JSON.parse(label.closest("[data-definitions]")?.dataset.definitions ?? "{}");
    const definition = all[label.getAttribute("col-id")];
    if (definition) label.setAttribute("aria-description", definition);
    return definition ? label : null;
  }

  function place() {
    if (!shown?.isConnected) return hide();
    const at = shown.getBoundingClientRect();
    const { width, height } = bubble.getBoundingClientRect();
    const right = document.documentElement.clientWidth - width - 8;
    const fits = at.bottom + 6 + height <= window.innerHeight;
    bubble.style.left = `${Math.max(8, Math.min(at.left, right))}px`;
    bubble.style.top = `${fits ? at.bottom + 6 : Math.max(8, at.top - height - 6)}px`;
  }

  function show(label) {
    shown = label;
    bubble.textContent = label.getAttribute("aria-description");
    document.body.append(bubble);
    place();
  }

  function hide() {
    shown = null;
    bubble.remove();
  }

  function begin({ target }) {
    const label = bubble.contains(target) ? shown : labelAt(target);
    if (!label) return;
    clearTimeout(leaving);
    show(label);
  }

  function end() {
    clearTimeout(leaving);
    leaving = setTimeout(hide, 150);
  }

  document.addEventListener("mouseover", begin);
  document.addEventListener("focusin", begin);
  document.addEventListener("mouseout", end);
  document.addEventListener("focusout", end);
  document.addEventListener("scroll", () => shown && place(), true);
  document.addEventListener("keydown", ({ key }) => key === "Escape" && hide());
})();
