// A courtesy: the link works without this file, but then the page stays in the history.
(() => {
  const way = document.querySelector(".leave a");
  const leave = () => {
    document.documentElement.hidden = true;
    location.replace(way.href);
  };
  way.addEventListener("click", (event) => { event.preventDefault(); leave(); });

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
