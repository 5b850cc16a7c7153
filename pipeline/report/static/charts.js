"use strict";
// Charts: the page stands first; then, when the browser has nothing else to do, Vega comes and draws one box after another,
// each from its <script type="application/json">.
(() => {
  const folder = document.currentScript.src.replace(/[^/]*$/, "vendor/");
  const idle = () => new Promise((done) => (window.requestIdleCallback ? requestIdleCallback(done, { timeout: 2000 }) : setTimeout(done, 50)));
  const bring = (name) => new Promise((done) => document.head.append(Object.assign(document.createElement("script"), { src: `${folder}${name}.js`, async: false, onload: done, onerror: done })));

  function look() {
    const ink = getComputedStyle(document.documentElement);
    const text = ink.getPropertyValue("--chart-text").trim(), line = ink.getPropertyValue("--chart-line").trim();
    const dark = matchMedia("(prefers-color-scheme: dark)").matches, small = matchMedia("(max-width: 40rem)").matches;
    const config = {
      background: "transparent", aria: false, font: "system-ui, sans-serif",
      axis: { labelColor: text, titleColor: text, gridColor: line, domainColor: line, tickColor: line, labelFontSize: 12, titleFontSize: 12, labelSeparation: 8 },
      legend: { labelColor: text, titleColor: text, labelFontSize: 12, titleFontSize: 12, symbolOpacity: 1 }, view: { stroke: line },
      circle: { color: dark ? "#7db8f0" : "#2a6bb0" },
    };
    return { config, dark, small };
  }

  function suited(spec, { dark, small }) {
    if (spec.projection && window.worldAtlas)
      spec.layer[0].data = { values: window.worldAtlas, format: { type: "topojson", feature: "countries" } };
    const shade = spec.encoding?.color;
    if (dark && shade?.scale?.scheme === "blues") shade.scale.reverse = true; // more is what stands out from the ground
    if (small) {
      for (const { encoding } of [spec, ...(spec.layer ?? [])]) if (encoding?.color?.legend?.columns) encoding.color.legend.columns /= 2;
      if (spec.encoding?.x?.axis?.labelAngle) Object.assign(spec.encoding.x.axis, { labelAngle: -90, labelLimit: 120 });
      if (spec.projection) spec.height = 170; // report.css keeps as much room free
    }
    return spec;
  }

  addEventListener("load", async () => {
    const boxes = [...document.querySelectorAll(".chart")];
    if (!boxes.length) return;
    const specs = boxes.map((box) => JSON.parse(document.getElementById(box.dataset.spec).textContent));
    await idle();
    const needed = ["vega.min", "vega-lite.min", "vega-embed.min", ...(specs.some((spec) => spec.projection) ? ["world-110m"] : [])];
    await Promise.all(needed.map(bring));
    const seen = look();
    for (const [i, box] of boxes.entries()) {
      await idle();
      await vegaEmbed(box, suited(specs[i], seen), { actions: false, config: seen.config, renderer: "svg", tooltip: { theme: seen.dark ? "dark" : "light" } });
      box.querySelector("svg").setAttribute("aria-hidden", "true"); // the box says what it shows; its rows stand below
    }
  });
})();
