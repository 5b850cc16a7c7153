"use strict";
// Marks: a click on a mark shows its row, a click on a row shows its place; reaching for an event lights what belongs to it.
const marksOf = (row) => document.querySelectorAll(`.m[data-rows~="${CSS.escape(row)}"]`);

// Long tables wait as text until they are opened, printed, or one of their rows is asked for.
function make(later) {
  const box = later.parentElement;
  later.remove();
  box.insertAdjacentHTML("beforeend", later.textContent);
  for (const table of box.querySelectorAll("table.sortable")) ready(table);
}
function made(row) {
  for (const later of document.querySelectorAll(".later")) if (later.textContent.includes(`id="r-${row}"`)) make(later);
  return document.getElementById("r-" + row);
}
function line(row) {
  const found = made(row);
  if (found || !window.DataTable) return found;
  for (const table of document.querySelectorAll(".rows table")) { // a filter has taken it out of the page
    if (!DataTable.isDataTable(table)) continue;
    const api = new DataTable.Api(table);
    if (api.rows().nodes().toArray().some((node) => node.id === "r-" + row)) { api.search("").columns().search("").draw(); break; }
  }
  return document.getElementById("r-" + row);
}
function clear(name) { for (const e of document.querySelectorAll("." + name)) e.classList.remove(name); }
function belongs(row) {
  clear("with");
  const event = row && made(row);
  for (const other of (event?.dataset.with || "").split(" ").filter(Boolean))
    for (const e of marksOf(other)) e.classList.add("with");
}
function light(row) {
  clear("on");
  if (!row) return belongs(null);
  for (const e of marksOf(row)) e.classList.add("on");
  const found = line(row);
  if (found) { found.closest("details").open = true; found.classList.add("on"); }
  belongs(row);
}
function follow() {
  const id = decodeURIComponent(location.hash.slice(1));
  if (!/^[rt]-/.test(id)) return light(null);
  light(id.slice(2));
  const goal = document.getElementById(id);
  if (goal) { goal.scrollIntoView({ block: "center" }); goal.focus({ preventScroll: true }); }
}
const dated = (version) => version.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)\d\dZ.*$/, "$1\u2011$2\u2011$3 at $4:$5 UTC, version $&");
document.addEventListener("DOMContentLoaded", () => {
  const version = document.getElementById("version");
  if (version && window.newstablesVersion) version.textContent = ` · made ${dated(window.newstablesVersion)}`;
  const text = document.querySelector(".text");
  if (!text) return;
  addEventListener("hashchange", follow);
  follow();
  for (const box of document.querySelectorAll(".kinds input"))
    box.addEventListener("change", () => text.classList.toggle("off-" + box.value, !box.checked));
  for (const later of document.querySelectorAll(".later")) later.parentElement.addEventListener("toggle", () => later.isConnected && make(later));
  addEventListener("beforeprint", () => document.querySelectorAll(".later").forEach(make));
  document.querySelector(".rows").addEventListener("click", (e) => {
    const row = e.target.closest("tr[id]");
    if (row && !e.target.closest("a")) location.hash = "t-" + row.id.slice(2);
  });
  const events = (e) => {
    const mark = e.target.closest?.(".m.event"), row = e.target.closest?.("tr[data-with]");
    if (mark) belongs(mark.dataset.rows.split(" ").find((r) => r.startsWith("event")));
    else if (row) belongs(row.id.slice(2));
  };
  for (const type of ["mouseover", "focusin"]) document.querySelector(".article").addEventListener(type, events);
});
