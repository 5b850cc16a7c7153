"use strict";
// Tables. `.sortable` stand in the page and get sorting and a filter; `.grid` are drawn from JSON, with a filter a
// column, a CSV of what is left, and their state in the address (`#type=ASSAULT&sort=-when&rows=25&page=2&q=words`).
const escaped = (text) => String(text).replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
const LENGTH = 50, LENGTHS = [10, 25, LENGTH, 100, 500]; // rows at a time
const slug = (name) => name.replace(/[^a-z]+/gi, "-");
const isMark = (hash) => /^#?[rt]-/.test(hash);

function shown(cell) {
  if (cell === null || cell === undefined) return '<span class="soft" aria-label="not told">–</span>';
  if (typeof cell !== "object") return escaped(cell);
  if (cell.l) return cell.l.map(([t, h]) => `<a href="${escaped(h)}">${escaped(t)}</a>`).join(", ");
  if (cell.h) return `<a href="${escaped(cell.h)}">${escaped(cell.t)}</a>`;
  if (cell.b) return `<span class="badge ${escaped(cell.b)}" title="${escaped(cell.m || "")}">${escaped(cell.t)}</span>`;
  return escaped(cell.t);
}
const words = (cell) => (cell === null || cell === undefined ? "" : typeof cell === "object" ? cell.t : String(cell));
const value = (cell) => (cell === null || cell === undefined ? "" : typeof cell === "object" && "v" in cell ? cell.v : words(cell));
// Words as a dictionary has them, whether or not a column holds accents, capitals or numbers.
const collated = new Intl.Collator(undefined, { numeric: true }).compare;
DataTable.type("words", { detect: () => false, order: { asc: collated, desc: (a, b) => collated(b, a) }, search: (text) => DataTable.util.diacritics(text.replace(/[\r\n]+/g, " ")) });
const numeric = (rows, i) => rows.some((row) => row[i]?.v !== undefined);

// What a filter of a column matches: a whole cell where it has few values, else part of one; of days always a part, so that a month fits.
function choices(rows, i) {
  const found = new Set();
  for (const row of rows) {
    if (row[i]?.h || row[i]?.v !== undefined) return null;
    const text = words(row[i]);
    if (/^\d{4}-\d\d/.test(text)) return null;
    if (text) found.add(text);
    if (found.size > 24) return null;
  }
  return found.size > 1 ? [...found].sort() : null;
}

function filterBox(name, options) {
  const box = document.createElement(options ? "select" : "input");
  box.className = "filter";
  box.setAttribute("aria-label", `Filter: ${name}`);
  if (!options) { box.type = "search"; box.placeholder = "filter"; return box; }
  box.append(new Option("all", ""));
  for (const option of options) box.append(new Option(option, option));
  return box;
}

function grid(table) {
  const { columns, rows } = JSON.parse(document.getElementById(table.dataset.rows).textContent);
  const head = table.createTHead(), names = head.insertRow(), filters = head.insertRow();
  filters.className = "filters";
  const boxes = columns.map((name, i) => {
    const th = document.createElement("th");
    th.scope = "col"; th.textContent = name;
    if (numeric(rows, i)) th.className = "num";
    names.append(th);
    const cell = document.createElement("td");
    const box = filterBox(name, choices(rows, i));
    cell.dataset.label = name;
    cell.append(box); filters.append(cell);
    return box;
  });
  const state = new URLSearchParams(location.hash.slice(1));
  const sort = state.get("sort");
  const sorted = sort ? columns.findIndex((name) => slug(name) === sort.replace(/^-/, "")) : -1;
  const length = LENGTHS.includes(Number(state.get("rows"))) ? Number(state.get("rows")) : LENGTH;
  const api = new DataTable(table, {
    data: rows, deferRender: true, autoWidth: false, pageLength: length, lengthMenu: LENGTHS, orderCellsTop: true, titleRow: 0,
    order: sorted >= 0 ? [[sorted, sort.startsWith("-") ? "desc" : "asc"]] : [],
    columns: columns.map((name, i) => ({
      title: name, ...(numeric(rows, i) ? { className: "num", type: "num" } : { type: "words" }),
      render: { _: words, display: shown, sort: value, filter: words },
      createdCell: (td) => { td.dataset.label = name; },
    })),
    search: { search: state.get("q") || "" },
    layout: { topStart: "pageLength", topEnd: "search", bottomStart: "info", bottomEnd: "paging" },
    language: { search: "Filter all: ", lengthMenu: "_MENU_ rows", info: "_START_ to _END_ of _TOTAL_ rows", infoFiltered: "(_MAX_ without filters)", emptyTable: "No rows", zeroRecords: "No row fits the filters" },
  });
  boxes.forEach((box, i) => {
    const exact = box.tagName === "SELECT";
    const seek = (text) => exact && text ? api.column(i).search(`^${DataTable.util.escapeRegex(text)}$`, { regex: true, smart: false }) : api.column(i).search(text);
    const wanted = state.get(slug(columns[i]));
    if (wanted !== null) { box.value = wanted; seek(wanted); }
    box.addEventListener(exact ? "change" : "input", () => { seek(box.value).draw(); });
    box.addEventListener("keydown", (e) => e.stopPropagation());
  });
  api.draw();
  const page = Number(state.get("page"));
  if (page > 1) api.page(page - 1).draw("page");
  api.on("draw", () => remember(api, columns, boxes));
  saver(table, api, columns);
  folded(table, [...state.keys()].some((key) => columns.some((name) => slug(name) === key)));
}

// Where rows are cards, the filters of a list and the heads that sort it stand behind a button.
function folded(table, open) {
  const button = Object.assign(document.createElement("button"), { type: "button", className: "save unfold", textContent: "Filter and sort" });
  const show = (on) => { table.classList.toggle("filtering", on); button.setAttribute("aria-expanded", on); };
  button.addEventListener("click", () => show(!table.classList.contains("filtering")));
  show(open);
  table.closest(".scroll").prepend(button);
}

function remember(api, columns, boxes) {
  const state = new URLSearchParams();
  boxes.forEach((box, i) => { if (box.value) state.set(slug(columns[i]), box.value); });
  const [order] = api.order();
  if (order && order[1]) state.set("sort", (order[1] === "desc" ? "-" : "") + slug(columns[order[0]]));
  if (api.search()) state.set("q", api.search());
  if (api.page.len() !== LENGTH) state.set("rows", api.page.len());
  if (api.page() > 0) state.set("page", api.page() + 1);
  const hash = state.toString();
  history.replaceState(null, "", hash ? `#${hash}` : location.pathname + location.search);
}

function saver(table, api, columns) {
  const button = document.createElement("button");
  button.type = "button"; button.className = "save"; button.textContent = "Save these rows as CSV";
  button.addEventListener("click", () => {
    const guard = (text) => (/^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text);
    const quoted = (text) => `"${guard(text).replaceAll('"', '""')}"`;
    const lines = [columns, ...api.rows({ search: "applied", order: "applied" }).data().toArray().map((row) => row.map((c) => String(value(c))))];
    const blob = new Blob(["\ufeff", lines.map((line) => line.map((t) => (/^-?[\d.]+$/.test(t) ? t : quoted(t))).join(",")).join("\r\n"), "\r\n"], { type: "text/csv" });
    const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: location.pathname.split("/").filter((part) => !/^[0-9a-f]{2}$/.test(part)).slice(-2).join("-").replace(".html", ".csv") });
    link.click();
    URL.revokeObjectURL(link.href);
  });
  table.closest(".scroll").after(button);
}

// Tables that stand in the page: made sortable when they come into view, long ones when they are first reached for, so that pages load at once.
const columnNames = (table) => [...table.tHead.rows[0].cells].map((th) => slug(th.textContent));
function sortable(table) {
  if (DataTable.isDataTable(table)) return;
  const many = table.tBodies[0].rows.length > 15;
  new DataTable(table, {
    paging: false, order: [], info: false, autoWidth: false, layout: { topStart: null, topEnd: many ? "search" : null, bottomStart: null, bottomEnd: null },
    language: { search: "Filter: ", zeroRecords: "No row fits the filter" },
  });
}

const inView = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) if (isIntersecting) { inView.unobserve(target); sortable(target); }
}, { rootMargin: "200px" });
function ready(table) {
  if (table.tBodies[0].rows.length <= 200) inView.observe(table);
  else for (const type of ["pointerenter", "focusin"]) table.addEventListener(type, () => sortable(table), { once: true });
}

// What the address asks of the tables that stand in a page (`#published=2026-03&to-whom=Essa`), now and whenever it changes.
function obey() {
  if (isMark(location.hash)) return;
  const state = new URLSearchParams(location.hash.slice(1));
  for (const table of document.querySelectorAll("table.sortable")) {
    const names = columnNames(table), asked = names.some((name) => state.get(name));
    if (!asked && !DataTable.isDataTable(table)) continue;
    if (asked && table.closest("details")) table.closest("details").open = true;
    sortable(table);
    const api = new DataTable.Api(table);
    names.forEach((name, i) => api.column(i).search(state.get(name) || ""));
    api.draw();
    unfilter(table, asked);
  }
  for (const link of document.querySelectorAll(".only a"))
    link.toggleAttribute("aria-current", link.hash === location.hash && Boolean(state.get("published")));
}

function unfilter(table, asked) {
  const after = table.closest(".dt-container") || table.closest(".scroll");
  after.parentElement.querySelector(":scope > .unfilter")?.remove();
  if (!asked) return;
  const button = Object.assign(document.createElement("button"), { type: "button", className: "save unfilter", textContent: "Show all rows" });
  button.addEventListener("click", () => { location.hash = ""; });
  after.after(button);
}

// Months: the address's filters go along; a single month opens at once.
function months() {
  const links = [...document.querySelectorAll(".months a")];
  for (const link of links) link.href += location.hash;
  if (links.length === 1 && location.hash.length > 1) location.replace(links[0].href);
}

document.addEventListener("DOMContentLoaded", () => {
  if (matchMedia("(max-width: 40rem)").matches) for (const fold of document.querySelectorAll(".fold")) fold.open = false;
  for (const table of document.querySelectorAll("table.grid")) grid(table);
  for (const table of document.querySelectorAll("table.sortable")) ready(table);
  obey();
  addEventListener("hashchange", obey);
  if (document.querySelector(".months")) months();
});
