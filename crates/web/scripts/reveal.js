// What more is asked once an answer of radios is chosen. The design system's own script marks the radio itself as expanded, which
// ARIA does not let a radio be; the question that opens comes next in the page in any case.

function sync(group) {
  group.querySelectorAll('input[type="radio"][data-aria-controls]').forEach((radio) => {
    const opened = document.getElementById(radio.dataset.ariaControls)
    opened?.classList.toggle('govuk-radios__conditional--hidden', !radio.checked)
  })
}

/** Opens and closes what the radios of the page reveal. */
export function reveal() {
  document.querySelectorAll('.govuk-radios').forEach((group) => {
    sync(group)
    group.addEventListener('change', () => sync(group))
  })
  // A browser that comes back to the page fills in the answers after scripts have run.
  window.addEventListener('pageshow', () => document.querySelectorAll('.govuk-radios').forEach(sync))
}
