"use strict";
// Search: MiniSearch over the scripts of `search/`, read newest first; older months on demand.
const AT_ONCE = 40000, SHOWN = 60;
document.addEventListener("DOMContentLoaded", async () => {
  const shards = JSON.parse(document.getElementById("shards").textContent);
  const index = new MiniSearch({ fields: ["title", "words"], storeFields: ["kind", "title", "words", "day", "href"], searchOptions: { boost: { title: 2 }, prefix: true, fuzzy: 0.15, combineWith: "AND" } });
  const box = document.querySelector(".find input"), list = document.getElementById("results");
  const status = document.getElementById("found"), older = document.getElementById("older");
  let next = 0, id = 0;
  const read = (name) => new Promise((done) => {
    const script = Object.assign(document.createElement("script"), { src: `search/${name}.js` });
    script.onload = script.onerror = () => done();
    document.head.append(script);
  });
  async function more() {
    const names = [];
    for (let rows = 0; next < shards.length && (!rows || rows + shards[next][1] <= AT_ONCE); next++) {
      names.push(shards[next][0]);
      rows += shards[next][1];
    }
    await Promise.all(names.map(read));
    for (const name of names) {
      index.addAll((window.newstables?.[name] || []).map(([kind, title, words, day, href]) => ({ id: id++, kind, title, words, day, href })));
      if (window.newstables) delete window.newstables[name];
    }
    older.hidden = next >= shards.length;
    show();
  }
  function show() {
    const query = box.value.trim();
    const found = query ? index.search(query) : [];
    history.replaceState(null, "", query ? `?q=${encodeURIComponent(query)}` : location.pathname);
    status.textContent = query ? `${found.length.toLocaleString("en")} found${found.length > SHOWN ? `, the best ${SHOWN} shown` : ""}${older.hidden ? "" : "; older months not searched yet"}` : "Articles, actors, incidents and quotes.";
    list.replaceChildren(...found.slice(0, SHOWN).map((r) => {
      const item = document.createElement("li"), link = document.createElement("a"), kind = document.createElement("span"), words = document.createElement("p");
      kind.className = "badge"; kind.textContent = r.kind;
      link.textContent = r.title; link.href = r.href;
      words.textContent = [r.day, r.words.slice(0, 200)].filter(Boolean).join(" · "); words.className = "soft";
      item.append(kind, " ", r.href ? link : r.title, words);
      return item;
    }));
  }
  box.value = new URLSearchParams(location.search).get("q") || "";
  box.addEventListener("input", show);
  box.form.addEventListener("submit", (e) => { e.preventDefault(); show(); });
  older.addEventListener("click", more);
  await more();
  box.focus();
});
