"use strict";
// Charts: every <div class="chart" data-spec="id"> draws the specification of that <script type="application/json">.
document.addEventListener("DOMContentLoaded", () => {
  const ink = getComputedStyle(document.documentElement);
  const text = ink.getPropertyValue("--chart-text").trim(), line = ink.getPropertyValue("--chart-line").trim();
  const dark = matchMedia("(prefers-color-scheme: dark)").matches, small = matchMedia("(max-width: 40rem)").matches;
  const config = {
    background: "transparent", aria: false, font: "system-ui, sans-serif",
    axis: { labelColor: text, titleColor: text, gridColor: line, domainColor: line, tickColor: line, labelFontSize: 12, titleFontSize: 12 },
    legend: { labelColor: text, titleColor: text, labelFontSize: 12, titleFontSize: 12, symbolOpacity: 1 }, view: { stroke: line },
    circle: { color: dark ? "#7db8f0" : "#2a6bb0" },
  };
  for (const box of document.querySelectorAll(".chart")) {
    const spec = JSON.parse(document.getElementById(box.dataset.spec).textContent);
    if (spec.projection && window.worldAtlas)
      spec.layer[0].data = { values: window.worldAtlas, format: { type: "topojson", feature: "countries" } };
    const shade = spec.encoding?.color;
    if (dark && shade?.scale?.scheme === "blues") shade.scale.reverse = true; // more is what stands out from the ground
    if (small) {
      if (shade?.legend) shade.legend.columns = 2;
      if (spec.encoding?.x?.axis?.labelAngle) Object.assign(spec.encoding.x.axis, { labelAngle: -90, labelLimit: 120 });
      if (spec.projection) spec.height = 170;
    }
    vegaEmbed(box, spec, { actions: false, config, renderer: "svg", tooltip: { theme: dark ? "dark" : "light" } })
      .then(() => box.querySelector("svg").setAttribute("aria-hidden", "true")); // the box says what it shows; its rows stand below
  }
});
