// Every page works without this file. It only keeps a second click from sending a form twice.
document.addEventListener("submit", (event) => {
  const form = event.target;
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
