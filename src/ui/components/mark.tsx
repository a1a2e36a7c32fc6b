/** The mark: a vermilion square seal with 証. An ornament, so it is hidden from assistive technology. */
export const Mark = () => (
  <svg class="brand__mark" viewBox="0 0 48 48" aria-hidden="true" focusable="false">
    <rect class="mark__square" x="1" y="1" width="46" height="46" rx="5" />
    <text
      class="mark__letter"
      x="24"
      y="35"
      font-size="31"
      font-family="serif"
      font-weight="700"
      text-anchor="middle"
    >
      証
    </text>
  </svg>
);
