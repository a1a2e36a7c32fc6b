/** The inbox's stylesheet; it is a tool, so it is plain. */
export const STYLE = `
:root { color-scheme: light dark; font: 16px/1.6 system-ui, sans-serif; }
body { margin: 0; }
header { display: flex; gap: 1rem; justify-content: space-between; padding: .75rem 1.25rem; border-bottom: 1px solid #8886; }
header a { font-weight: 700; color: inherit; text-decoration: none; }
header span { opacity: .8; }
main { max-width: 46rem; margin: 0 auto; padding: 1rem 1.25rem 3rem; }
h1 { font-size: 1.3rem; line-height: 1.4; }
.mails { list-style: none; padding: 0; }
.mails a { display: grid; grid-template-columns: 1fr auto; gap: 0 1rem; padding: .7rem .5rem; color: inherit; text-decoration: none; border-bottom: 1px solid #8884; }
.mails a:hover { background: #8882; }
.mails strong { grid-column: 1 / -1; overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: auto 1fr; gap: .2rem 1rem; }
dd { margin: 0; overflow-wrap: anywhere; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; font-family: ui-monospace, monospace; background: #8881; padding: 1rem; border-radius: .4rem; }
iframe { width: 100%; height: 30rem; border: 1px solid #8886; background: #fff; }
:focus-visible { outline: 3px solid #ffd43d; outline-offset: 2px; box-shadow: 0 0 0 5px #000; }
`;
