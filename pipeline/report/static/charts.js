"use strict";
// Charts: every <div class="chart" data-spec="id"> draws the specification of that <script type="application/json">.
document.addEventListener("DOMContentLoaded", () => {
  const ink = getComputedStyle(document.documentElement);
  const text = ink.getPropertyValue("--chart-text").trim(), line = ink.getPropertyValue("--chart-line").trim();
  const config = {
    background: "transparent", aria: false, font: "system-ui, sans-serif",
    axis: { labelColor: text, titleColor: text, gridColor: line, domainColor: line, tickColor: line, labelFontSize: 12, titleFontSize: 12 },
    legend: { labelColor: text, titleColor: text, labelFontSize: 12, titleFontSize: 12 }, view: { stroke: line },
  };
  for (const box of document.querySelectorAll(".chart")) {
    const spec = JSON.parse(document.getElementById(box.dataset.spec).textContent);
    if (spec.projection && window.worldAtlas)
      spec.layer[0].data = { values: window.worldAtlas, format: { type: "topojson", feature: "countries" } };
    if (matchMedia("(max-width: 40rem)").matches && spec.encoding?.color?.legend) spec.encoding.color.legend.columns = 2;
    vegaEmbed(box, spec, { actions: false, config, renderer: "svg", tooltip: { theme: matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light" } })
      .then(() => box.querySelector("svg").setAttribute("aria-hidden", "true")); // the box says what it shows; its rows stand below
  }
});
