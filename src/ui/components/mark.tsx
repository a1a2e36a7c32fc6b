/** The vermilion seal 証: small in the header, large once, on the page that says *valid*. Ornament, so unread. */
export const Mark = ({ size = 'small' }: { size?: 'small' | 'large' }) => (
  <svg class={`mark mark-${size}`} viewBox="0 0 48 48" aria-hidden="true" focusable="false">
    <rect class="mark-ground" x="2" y="2" width="44" height="44" rx="4" />
    <rect class="mark-line" x="5" y="5" width="38" height="38" rx="2" />
    <text x="24" y="34" text-anchor="middle" font-size="28">
      証
    </text>
  </svg>
);
