"use strict";
// Charts: every <div class="chart" data-spec="id"> draws the specification of that <script type="application/json">.
function charts() {
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  for (const box of document.querySelectorAll(".chart")) {
    const spec = JSON.parse(document.getElementById(box.dataset.spec).textContent);
    if (spec.layer && window.worldAtlas) spec.datasets = { world: window.worldAtlas };
    if (spec.layer) spec.layer[0].data = { values: window.worldAtlas, format: { type: "topojson", feature: "countries" } };
    vegaEmbed(box, spec, { actions: { export: true, source: false, compiled: false, editor: false }, theme: dark ? "dark" : undefined,
      config: { background: "transparent", font: "system-ui, sans-serif" }, renderer: "svg" });
  }
}
// Tables: sort by a click or Enter on a heading, filter by the box above.
function tables() {
  for (const table of document.querySelectorAll("table.sortable"))
    new DataTable(table, { paging: table.tBodies[0].rows.length > 25, pageLength: 25, order: [], info: false, autoWidth: false,
      language: { search: "Filter: ", lengthMenu: "_MENU_ rows" } });
}
// Marks: a click on a mark shows its row, a click on a row shows its place. Links do the work; this lights up both ends.
function light(row) {
  for (const e of document.querySelectorAll(".on")) e.classList.remove("on");
  if (!row) return;
  for (const e of document.querySelectorAll(`.m[data-rows~="${CSS.escape(row)}"]`)) e.classList.add("on");
  const line = document.getElementById("r-" + row);
  if (!line) return;
  line.closest("details").open = true;
  line.classList.add("on");
}
function follow() {
  const id = decodeURIComponent(location.hash.slice(1));
  if (!/^[rt]-/.test(id)) return light(null);
  light(id.slice(2));
  const goal = document.getElementById(id);
  if (goal) { goal.scrollIntoView({ block: "center" }); goal.focus({ preventScroll: true }); }
}
function marks() {
  addEventListener("hashchange", follow);
  follow();
  for (const box of document.querySelectorAll(".legend input"))
    box.addEventListener("change", () => document.querySelector(".text").classList.toggle("off-" + box.value, !box.checked));
  for (const line of document.querySelectorAll(".rows tr[id]"))
    line.addEventListener("click", (e) => { if (!e.target.closest("a")) location.hash = "t-" + line.id.slice(2); });
}
document.addEventListener("DOMContentLoaded", () => {
  if (window.vegaEmbed) charts();
  if (window.DataTable) tables();
  if (document.querySelector(".text")) marks();
});
