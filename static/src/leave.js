// A courtesy: the way out works without this file, but then the page stays in the history.
(() => {
  const link = document.querySelector(".leave a:not(.skip)");
  const form = document.querySelector(".leave form");
  const leave = () => {
    document.documentElement.hidden = true;
    // The session ends while the page is on its way out.
    if (form) fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), keepalive: true });
    location.replace(form ? form.dataset.way : link.href);
  };
  const [way, act] = form ? [form, "submit"] : [link, "click"];
  way.addEventListener(act, (event) => { event.preventDefault(); leave(); });

  // Whoever goes back meets no copy that the browser has kept: not even while the server cannot be told of the way out.
  if (form) {
    addEventListener("pagehide", () => { document.documentElement.hidden = true; });
    addEventListener("pageshow", ({ persisted }) => { if (persisted) location.reload(); });
  }

  let times = 0;
  let last = 0;
  addEventListener("keydown", ({ key, repeat, timeStamp }) => {
    if (repeat) return;
    times = key === "Shift" ? (timeStamp - last < 2000 ? times : 0) + 1 : 0;
    last = timeStamp;
    if (times === 3) leave();
  });
  document.querySelector("[data-keys]").hidden = false;
})();
