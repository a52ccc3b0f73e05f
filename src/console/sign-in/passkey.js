// Asks the browser for a passkey and posts what it says with the form around the button. Without scripts, or where the
// browser knows no passkeys, the button stays hidden and the other factors remain.
/* global SimpleWebAuthnBrowser */
for (const part of document.querySelectorAll("[data-passkey]")) {
  if (!SimpleWebAuthnBrowser.browserSupportsWebAuthn()) continue;
  part.hidden = false;
  const problem = part.querySelector("[data-failed]");
  const confirm = async () => {
    problem.textContent = "";
    const optionsJSON = JSON.parse(part.dataset.options);
    const ask =
      part.dataset.passkey === "create"
        ? SimpleWebAuthnBrowser.startRegistration
        : SimpleWebAuthnBrowser.startAuthentication;
    try {
      part.querySelector("input").value = JSON.stringify(await ask({ optionsJSON }));
      part.closest("form").submit();
    } catch {
      problem.textContent = problem.dataset.failed;
    }
  };
  part.querySelector("button").addEventListener("click", () => void confirm());
}
