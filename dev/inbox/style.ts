/** The inbox's stylesheet; it is a tool, so it is plain. */
export const STYLE = `
:root { color-scheme: light dark; font: 16px/1.6 system-ui, "Noto Sans JP", "Noto Sans CJK JP", sans-serif; --line: #8886; --quiet: #8881; --accent: light-dark(#0017c1, #9db7f9); }
* { box-sizing: border-box; }
body { margin: 0; }
a { color: var(--accent); }
header { display: flex; flex-wrap: wrap; gap: 0 1rem; justify-content: space-between; padding: .75rem 1rem; border-bottom: 1px solid var(--line); }
header a { font-weight: 700; color: inherit; text-decoration: none; }
main { max-width: 46rem; margin: 0 auto; padding: 1rem 1rem 3rem; }
h1 { font-size: 1.3rem; line-height: 1.4; overflow-wrap: anywhere; }
.search { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem; margin-bottom: .75rem; }
.search label { display: flex; flex: 1 1 16rem; align-items: center; gap: .5rem; white-space: nowrap; }
.search input { flex: 1; min-width: 0; min-height: 2.75rem; padding: .4rem .6rem; font: inherit; border: 1px solid var(--line); border-radius: .4rem; }
button { min-height: 2.75rem; padding: .4rem 1rem; font: inherit; color: inherit; background: var(--quiet); border: 1px solid var(--line); border-radius: .4rem; cursor: pointer; }
.empty { padding: 2rem 1rem; text-align: center; border: 1px dashed var(--line); border-radius: .4rem; }
.mails { list-style: none; margin: 0; padding: 0; }
.mails a { display: grid; grid-template-columns: 1fr auto; gap: 0 1rem; padding: .7rem .5rem; color: inherit; text-decoration: none; border-bottom: 1px solid var(--line); }
.mails a:hover { background: var(--quiet); }
.mails .to { overflow-wrap: anywhere; font-size: .9rem; }
.mails time { font-variant-numeric: tabular-nums; font-size: .9rem; white-space: nowrap; }
.mails strong, .mails .beginning { grid-column: 1 / -1; overflow-wrap: anywhere; }
.mails .beginning { font-size: .9rem; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
@media (max-width: 30rem) { .mails a { grid-template-columns: 1fr; } }
dl { display: grid; grid-template-columns: auto 1fr; gap: .2rem 1rem; }
dt { font-weight: 700; }
dd { margin: 0; overflow-wrap: anywhere; }
.tabs { display: flex; gap: .5rem; border-bottom: 1px solid var(--line); }
.tabs a { padding: .6rem 1rem; text-decoration: none; border-bottom: 3px solid transparent; }
.tabs a[aria-current] { font-weight: 700; border-bottom-color: var(--accent); }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; font-family: ui-monospace, "Noto Sans Mono CJK JP", monospace; background: var(--quiet); padding: 1rem; border-radius: .4rem; }
iframe { width: 100%; height: 44rem; margin-top: 1rem; border: 1px solid var(--line); border-radius: .4rem; background: #fff; }
details { margin-top: 1rem; }
summary { min-height: 2.75rem; padding: .6rem 0; cursor: pointer; font-weight: 700; }
.refuse { display: flex; flex-wrap: wrap; gap: .5rem; }
[role=status] { padding: .75rem 1rem; border: 1px solid var(--line); border-inline-start: .4rem solid var(--accent); border-radius: .4rem; }
:focus-visible { outline: 3px solid #ffd43d; outline-offset: 2px; box-shadow: 0 0 0 5px #000; }
`;
