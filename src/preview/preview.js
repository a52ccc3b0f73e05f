// Makes server-rendered LINE messages look right under a Content-Security-Policy that forbids inline styles.
// Load it in the head without `defer`: it sees each element as it is parsed, before it is painted.
(() => {
  // Checked again here, although the server has already read every value strictly (css-values.ts).
  const allowed = new Set([
    "margin-top",
    "margin-inline-start",
    "padding-top",
    "padding-bottom",
    "padding-inline-start",
    "padding-inline-end",
    "top",
    "bottom",
    "left",
    "inset-inline-start",
    "inset-inline-end",
    "width",
    "max-width",
    "height",
    "max-height",
    "flex-grow",
    "aspect-ratio",
    "border-radius",
    "border-width",
    "border-color",
    "background-color",
    "background-image",
    "color",
    "font-size",
    "-webkit-line-clamp",
    "--lp-leading",
  ]);
  const plain = /^(linear-gradient\([#\w\s.,%-]+\)|[#\w\s.%/-]+)$/;

  function dress(element) {
    for (const declaration of element.dataset.css.split(";")) {
      const colon = declaration.indexOf(":");
      const property = declaration.slice(0, colon);
      const value = declaration.slice(colon + 1);
      if (allowed.has(property) && plain.test(value)) element.style.setProperty(property, value);
    }
  }

  // "shrink-to-fit": LINE makes the letters smaller until the line fits, at best effort; so do we.
  function shrink(element) {
    const { clientWidth, scrollWidth } = element;
    if (clientWidth === 0 || scrollWidth <= clientWidth) return;
    const size = Number.parseFloat(getComputedStyle(element).fontSize);
    element.style.setProperty(
      "font-size",
      `${Math.max(7, Math.floor((size * clientWidth * 10) / scrollWidth) / 10)}px`,
    );
  }

  function prepare(root) {
    if (root.dataset?.css !== undefined) dress(root);
    for (const element of root.querySelectorAll("[data-css]")) dress(element);
    const tight = root.querySelectorAll(".lp-shrink");
    if (tight.length > 0) requestAnimationFrame(() => tight.forEach(shrink));
    for (const image of root.querySelectorAll(".lp-frame > img")) if (failed(image)) markBroken(image);
  }

  const failed = (image) => image.complete && image.naturalWidth === 0 && image.getAttribute("src") !== "";

  function markBroken(image) {
    image.parentElement?.classList.add("lp-broken");
  }

  // "error" does not bubble, but it can be caught on the way down.
  document.addEventListener(
    "error",
    ({ target }) => {
      if (target instanceof HTMLImageElement && target.matches(".lp-frame > img")) markBroken(target);
    },
    true,
  );

  new MutationObserver((changes) => {
    for (const { addedNodes } of changes)
      for (const node of addedNodes) if (node instanceof Element) prepare(node);
  }).observe(document.documentElement, { childList: true, subtree: true });
  prepare(document.documentElement);
})();
