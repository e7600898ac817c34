/**
 * The style of a report: the window's type and colours, two columns of figures where there is room, and
 * black on white with whole figures on paper.
 *
 * @param typeface in base64
 */
export function reportStyle(typeface: { regular: string; semiBold: string }): string {
  const face = (weight: number, base64: string): string =>
    `@font-face { font-family: Inter; font-weight: ${weight}; src: url(data:font/ttf;base64,${base64}) format('truetype'); }`
  return `
${face(400, typeface.regular)}
${face(600, typeface.semiBold)}
:root {
  color-scheme: light dark;
  --ground: light-dark(#ffffff, #15191e);
  --text: light-dark(#1a1f24, #e6e9ec);
  --muted: light-dark(#56616c, #9aa4ae);
  --line: light-dark(#dbe0e5, #2a3138);
  --accent: light-dark(#0b63a5, #6bb8ec);
  --caution: light-dark(#7d4f00, #f1bd5b);
}
body {
  max-width: 1100px;
  margin: 0 auto;
  padding: 32px 24px 64px;
  background: var(--ground);
  color: var(--text);
  font: 14px/1.5 Inter, 'DejaVu Sans', sans-serif;
  font-feature-settings: 'tnum';
}
h1, h2 { font-weight: 600; line-height: 1.25; margin: 0; overflow-wrap: anywhere; }
h1 { font-size: 26px; }
h2 { font-size: 18px; }
a { color: var(--accent); }
p { margin: 4px 0; }
section { margin-top: 40px; padding-top: 16px; border-top: 1px solid var(--line); }
.muted, caption { color: var(--muted); }
.note { margin: 12px 0; overflow-wrap: anywhere; }
.note :is(h3, h4, h5, h6) { font-size: 15px; }
.note :is(th, td) { padding: 3px 12px 3px 0; }
.note table { width: auto; }
.note pre { overflow-x: auto; }
.note blockquote { margin: 4px 0 4px 12px; color: var(--muted); }
.warning { color: var(--caution); }
.wide { overflow-x: auto; }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(400px, 1fr)); gap: 0 32px; align-items: start; }
table { border-collapse: collapse; width: 100%; margin-top: 16px; font-size: 12.5px; }
caption { text-align: left; padding-bottom: 4px; font-weight: 600; }
th, td { text-align: left; vertical-align: top; padding: 3px 12px 3px 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
th { font-weight: 400; color: var(--muted); }
tbody th a { color: var(--accent); }
.facts th { width: 38%; }
thead th { white-space: nowrap; }
.number { text-align: right; white-space: nowrap; }
code { font-size: 11px; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(460px, 1fr)); gap: 24px; margin-top: 24px; }
figure { margin: 0; break-inside: avoid; }
figcaption { color: var(--muted); font-size: 12.5px; }
figure svg { display: block; width: 100%; height: auto; }
.on-dark { display: none; }
@media (prefers-color-scheme: dark) {
  .on-light { display: none; }
  .on-dark { display: block; }
}
@media print {
  :root { color-scheme: light; }
  @page { margin: 16mm; }
  body { max-width: none; padding: 0; font-size: 10pt; }
  table { font-size: 8pt; }
  .on-light { display: block; }
  .on-dark { display: none; }
  section { break-before: auto; }
  h2, thead, caption { break-after: avoid; }
  tr { break-inside: avoid; }
  .wide { overflow: visible; }
  .figures { grid-template-columns: 1fr 1fr; gap: 6mm; }
  a, tbody th a { color: inherit; text-decoration: none; }
  .facts { grid-template-columns: 1fr 1fr; gap: 0 6mm; }
}
`
}
