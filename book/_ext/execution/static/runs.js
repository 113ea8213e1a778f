// Writes how long each page ran beside its name; without it the column stays empty.
for (const place of document.querySelectorAll(".run-seconds")) {
  const name = [...place.classList].find((one) => one.startsWith("run-of-")) ?? "";
  const seconds = (window.runSeconds || {})[name];
  place.textContent = seconds === undefined ? "not measured" : seconds.toFixed(1);
}
