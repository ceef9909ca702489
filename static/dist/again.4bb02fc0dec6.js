// Many came at once: the page tries again by itself, not all at the same moment.
(() => {
  const form = document.querySelector("[data-again]");
  setTimeout(() => form.requestSubmit(), (1 + Math.random()) * 1000 * form.dataset.again);
})();
