export const STYLE = `
:root{color-scheme:light dark;--ink:#1b2430;--soft:#5b6675;--line:#d5dbe3;--ground:#f4f6f9;--sheet:#fff;--act:#1d4f91;--on:#fff;--bad:#a3161d}
@media (prefers-color-scheme:dark){:root{--ink:#eef2f7;--soft:#a9b4c3;--line:#3a4553;--ground:#12171d;--sheet:#1b222b;--act:#8db8f2;--on:#0c1a2c;--bad:#ff9a9a}}
*{box-sizing:border-box}body{margin:0;background:var(--ground);color:var(--ink);font:17px/1.7 system-ui,"Hiragino Sans","Noto Sans JP",sans-serif;overflow-wrap:anywhere}
main{max-width:30rem;margin:0 auto;padding:1.5rem 1rem 4rem}
.company{font-weight:700;letter-spacing:.04em;margin:0}.note{font-size:.9rem;color:var(--soft)}
section{background:var(--sheet);border:1px solid var(--line);border-radius:12px;padding:1.25rem;margin:1rem 0}
h1{font-size:1.15rem;margin:0}.amount{font-size:2.2rem;font-weight:700;font-variant-numeric:tabular-nums;line-height:1.3;margin:.25rem 0}
h2{font-size:1rem;margin:0 0 .5rem}label{display:block;font-weight:600;margin:.75rem 0 .25rem}
input{width:100%;min-height:48px;font:inherit;font-variant-numeric:tabular-nums;padding:.5rem .75rem;border:1px solid var(--soft);border-radius:8px;background:var(--sheet);color:inherit}
button,.button{display:block;width:100%;min-height:52px;margin-top:1rem;padding:.6rem 1rem;text-align:center;font:inherit;font-weight:700;border:2px solid var(--act);border-radius:8px;background:var(--act);color:var(--on);text-decoration:none;cursor:pointer}
.quiet{background:transparent;color:var(--act)}a{color:var(--act)}
:focus-visible{outline:4px solid #000;outline-offset:2px;box-shadow:0 0 0 6px #ffd43d}
ul.cards{list-style:none;padding:0;margin:0}ul.cards li:not(:has(a)){display:flex;flex-wrap:wrap;justify-content:space-between;align-items:baseline;gap:0 1rem;padding:.4rem 0;border-top:1px solid var(--line)}ul.cards .code{letter-spacing:.08em;font-variant-numeric:tabular-nums}
table{width:100%;border-collapse:collapse;font-size:.9rem}th,td{text-align:start;padding:.4rem .25rem;border-top:1px solid var(--line)}thead th{border-top:0;color:var(--soft)}.sum{text-align:end;font-variant-numeric:tabular-nums;white-space:nowrap}
ul.cards a{display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 1rem;min-height:48px;align-items:center;padding:.4rem 0;border-top:1px solid var(--line)}
.error{border-left:6px solid var(--bad);padding-left:.75rem;color:var(--bad);font-weight:600}.code{font-size:1.6rem;font-weight:700;letter-spacing:.2em}
`;
