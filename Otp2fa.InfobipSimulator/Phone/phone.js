"use strict";

const screen_ = document.getElementById("screen");
const news = document.getElementById("news");

async function refresh() {
  try {
    const answer = await fetch(screen_.dataset.source, { cache: "no-store" });
    const fresh = document.createElement("template");
    fresh.innerHTML = answer.ok ? await answer.text() : screen_.innerHTML;
    // Only a change touches the page, so focus and scrolling stay where they are.
    if (fresh.innerHTML !== screen_.innerHTML) {
      const lastMail = screen_.querySelector(".mail")?.dataset.file;
      screen_.replaceChildren(fresh.content);
      const mail = screen_.querySelector(".mail");
      const call = screen_.querySelector(".message")?.dataset.kind === "call";
      news.textContent = mail && mail.dataset.file !== lastMail
        ? "New mail: " + mail.querySelector(".mail-subject").textContent
        : (call ? "New call: " : "New message: ") + (screen_.querySelector(".message-text")?.textContent ?? "");
    }
  } catch {
    // The simulator is gone for now; the next round asks again.
  }
  setTimeout(refresh, 1000);
}

refresh();
