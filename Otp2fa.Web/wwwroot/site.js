// Every page works without this file. It keeps a second click from sending a form twice, and prints.
document.addEventListener("submit", (event) => {
  const form = event.target;
  // A download leaves the page as it is, and may be asked for again.
  if ("repeatable" in form.dataset) {
    return;
  }
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "1";
  // Longer than the slowest answer; after that the connection is lost and the person must be able to try again.
  setTimeout(() => delete form.dataset.sent, 40000);
});

// Back shows the page as it was left, forms that were sent included.
addEventListener("pageshow", () => {
  for (const form of document.forms) {
    delete form.dataset.sent;
  }
});

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
