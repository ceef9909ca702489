// A courtesy: every page works without this file.
(() => {
  const find = (selector, root = document) => root.querySelector(selector);
  const on = (name, act) => document.addEventListener(`htmx:${name}`, act);
  const parse = (text) => new DOMParser().parseFromString(text || "", "text/html");

  const tend = (refused) => {
    if (refused) find(".error-summary")?.focus();
    const news = find("[data-say]")?.dataset;
    if (!news) return;
    setTimeout(() => { find("#live").textContent = news.say; delete news.say; }, 100);
  };
  addEventListener("load", () => requestAnimationFrame(() => tend(true)));
  on("after:swap", ({ detail }) => {
    tend(detail.ctx.response?.status === 422);
    // What had the focus may be gone with the old part: then its heading takes it.
    if (document.activeElement === document.body) find("main h2[tabindex]")?.focus();
  });

  const trouble = find("#trouble");
  const complain = (event, page) => {
    const words = [...page.querySelectorAll("h1, .lead")].map((part) => part.textContent.trim());
    (event.target.closest?.("form") || find("#main")).append(trouble);
    trouble.textContent = words.join(". ") || trouble.dataset.text;
    trouble.focus();
  };
  on("before:request", () => { trouble.textContent = find("#live").textContent = ""; });
  on("error", (event) => complain(event, parse()));
  on("response:error", (event) => {
    const { response, text } = event.detail.ctx;
    if (response.status !== 401 && response.status !== 422) complain(event, parse(text));
  });

  const told = find("[data-expires-in]");
  if (!told) return;
  let end;
  const start = (seconds) => { end = Date.now() + (seconds - 180) * 1000; };
  const watch = setInterval(() => { if (!told.open && Date.now() > end) told.showModal(); }, 5000);
  start(told.dataset.expiresIn);
  on("after:request", () => start(told.dataset.expiresIn));
  find("button", told).addEventListener("click", async () => {
    told.close();
    const answer = await fetch(told.dataset.stay).catch(() => 0);
    const left = answer && find("[data-expires-in]", parse(await answer.text()))?.dataset.expiresIn;
    if (left > 180) start(left);
    else clearInterval(watch);
  });
})();
