// A part of a page that cannot be loaded says so and offers another try; nothing else runs in the browser.
(() => {
  const unavailable = (event) => {
    const part = event.detail.elt;
    if (!part.dataset || !part.dataset.part) return;
    const title = document.createElement("h2");
    title.textContent = part.dataset.part;
    const box = document.createElement("div");
    box.className = "empty";
    box.setAttribute("role", "status");
    const head = document.createElement("b");
    head.textContent = "暂不可用";
    const again = document.createElement("a");
    again.href = location.href;
    again.textContent = "重新读取";
    box.append(head, "其余内容不受影响。", again);
    part.replaceChildren(title, box);
  };
  for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"])
    document.addEventListener(name, unavailable);
  // Names arrive from intake in one answer: every place that shows an id gets its name.
  document.addEventListener("htmx:afterRequest", (event) => {
    const answer = event.detail.xhr;
    if (!event.detail.successful || !answer || !answer.getResponseHeader("X-Names")) return;
    for (const [id, name] of Object.entries(JSON.parse(answer.responseText)))
      for (const place of document.querySelectorAll(`[data-name="${CSS.escape(id)}"]`)) {
        place.textContent = name + (place.dataset.after || "");
        place.classList.remove("muted");
      }
  });
  addEventListener("DOMContentLoaded", () => document.getElementById("errors")?.focus());
})();
