/** The style sheet of the HTML report: light and dark, phone-wide to desktop-wide, printable; nothing is fetched. */
export const STYLE = `
:root{color-scheme:light dark;--bg:#f6f7f9;--card:#fff;--ink:#1b1f24;--soft:#57606a;--line:#d9dee4;--fail:#b3261e;--fail-bg:#fdecea;--warn:#7a5200;--warn-bg:#fff3d6;--pass:#14683a;--pass-bg:#e3f5ea;--unknown:#0b5a78;--unknown-bg:#e0f2fa;--none:#57606a;--none-bg:#eceff2;--code:#f0f2f5;--mark:#0b57d0}
@media (prefers-color-scheme:dark){:root{--bg:#101418;--card:#181d23;--ink:#e8ebee;--soft:#a6b0ba;--line:#333b44;--fail:#ffb4ab;--fail-bg:#4a1512;--warn:#ffd479;--warn-bg:#41300a;--pass:#8fe0ac;--pass-bg:#0f3a22;--unknown:#8fd6f2;--unknown-bg:#0c3646;--none:#a6b0ba;--none-bg:#2a3139;--code:#11161b;--mark:#8ab4f8}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"PingFang SC","Hiragino Sans GB","Microsoft YaHei","Noto Sans CJK SC",sans-serif;font-variant-numeric:tabular-nums}
#en:checked~* [lang=zh-CN],#zh-CN:checked~* [lang=en]{display:none}
.pick{position:absolute;opacity:0;pointer-events:none}
header,.targets,footer{max-width:72rem;margin:0 auto;padding:0 1.25rem}
header{display:flex;flex-wrap:wrap;gap:.5rem 1.5rem;align-items:center;justify-content:space-between;padding-top:1.5rem;padding-bottom:.5rem}
header h1{font-size:1rem;line-height:1.55;margin:0;text-wrap:balance;font-weight:650;letter-spacing:.01em}
.languages{display:flex;border:1px solid var(--line);border-radius:.5rem;overflow:hidden;background:var(--card)}
.languages label{padding:.2rem .8rem;cursor:pointer;color:var(--soft)}
#en:checked~header [for=en],#zh-CN:checked~header [for=zh-CN]{background:var(--ink);color:var(--card)}
#en:focus-visible~header [for=en],#zh-CN:focus-visible~header [for=zh-CN]{outline:3px solid var(--mark);outline-offset:2px}
section,nav{background:var(--card);border:1px solid var(--line);border-radius:.9rem;padding:1.4rem 1.5rem;margin:1rem 0 1.5rem}
h2{font-size:1.45rem;line-height:1.25;margin:0;overflow-wrap:anywhere}
h3{font-size:1rem;margin:1.6rem 0 .6rem;color:var(--soft);font-weight:650}
nav h2{margin-bottom:.8rem}
h4{font-size:1rem;margin:0;line-height:1.4}
.top{display:flex;flex-wrap:wrap;gap:.4rem 1rem;align-items:center}
.top p{margin:0;color:var(--soft);flex-basis:100%}
.grade{font-size:1.5rem;font-weight:750;min-width:2.9rem;text-align:center;border-radius:.6rem;padding:.1rem .5rem}
.pill{display:inline-block;border-radius:1rem;padding:.05rem .6rem;font-size:.85rem;font-weight:600;white-space:nowrap}
.fail{color:var(--fail);background:var(--fail-bg)}.warn{color:var(--warn);background:var(--warn-bg)}.pass{color:var(--pass);background:var(--pass-bg)}.unknown{color:var(--unknown);background:var(--unknown-bg)}.not-checked,.info{color:var(--none);background:var(--none-bg)}
.scroll{overflow-x:auto}
.scroll:focus-visible{outline:3px solid var(--mark);outline-offset:2px}
table{border-collapse:collapse;width:100%;font-size:.93rem}
th,td{text-align:left;vertical-align:top;padding:.45rem .7rem .45rem 0;border-bottom:1px solid var(--line)}
thead th{color:var(--soft);font-weight:600;white-space:nowrap}
tbody th{font-weight:600}
td.why{min-width:12rem}
tr:last-child>*{border-bottom:0}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem;margin:.6rem 0;font-size:.9rem}
dt{color:var(--soft)}
dd{margin:0;overflow-wrap:anywhere}
ol,ul{margin:0;padding:0;list-style:none}
.chain li{display:grid;grid-template-columns:1.4rem 1fr;gap:0 .4rem;padding:.45rem 0;position:relative}
.chain li+li::before{content:"";position:absolute;left:.55rem;top:-.5rem;height:.9rem;border-left:2px solid var(--line)}
.chain strong{overflow-wrap:anywhere}
.chain small{display:block;color:var(--soft);font-size:.88rem;overflow-wrap:anywhere}
.sign{font-weight:700;text-align:center;background:none}
.bar{position:relative;height:1.7rem;border-radius:.35rem;background:var(--none-bg);overflow:hidden;margin:.2rem 0 .1rem}
.bar i{position:absolute;top:0;bottom:0;border-radius:.35rem;background:var(--pass-bg);border:1px solid var(--pass)}
.bar i.warn{background:var(--warn-bg);border-color:var(--warn)}.bar i.fail{background:var(--fail-bg);border-color:var(--fail)}
.bar b{position:absolute;top:0;bottom:0;border-left:2px solid var(--ink)}
.lives li{margin:.7rem 0}
.lives small,.legend{color:var(--soft);font-size:.88rem}
.finding{border-left:4px solid var(--line);padding:.1rem 0 .1rem 1rem;margin:1.3rem 0}
.finding.error{border-color:var(--fail)}.finding.warning{border-color:var(--warn)}
.finding p{margin:.4rem 0;overflow-wrap:anywhere}
.finding.aside h4{color:var(--soft)}.finding li{margin:.5rem 0}
.where{color:var(--soft);font-size:.9rem}
code,pre{font:.86rem/1.5 ui-monospace,"SF Mono",Consolas,"Liberation Mono",Menlo,monospace}
code{background:var(--code);padding:.1rem .35rem;border-radius:.3rem;overflow-wrap:anywhere}
pre{background:var(--code);border:1px solid var(--line);border-radius:.5rem;padding:.7rem .9rem;margin:.3rem 0 .8rem;overflow-x:auto;user-select:all;-webkit-user-select:all}
.server-name{font-size:.85rem;color:var(--soft);font-weight:600;margin:.7rem 0 0}
details{margin:.5rem 0}
summary{cursor:pointer;color:var(--soft);font-size:.92rem}
summary:focus-visible,a:focus-visible{outline:3px solid var(--mark);outline-offset:2px}
a{color:var(--mark)}
footer{color:var(--soft);font-size:.88rem;padding-bottom:3rem}
@media (max-width:40rem){section,nav{padding:1rem;border-radius:.7rem}header,.targets,footer{padding-left:.8rem;padding-right:.8rem}dl{grid-template-columns:1fr}dd{margin-bottom:.4rem}}
@media print{:root{color-scheme:light;--bg:#fff;--card:#fff;--ink:#000;--soft:#333;--line:#999;--fail:#900;--fail-bg:#fff;--warn:#640;--warn-bg:#fff;--pass:#040;--pass-bg:#fff;--unknown:#036;--unknown-bg:#fff;--none:#333;--none-bg:#fff;--code:#fff;--mark:#000}body{font-size:10.5pt}.languages{display:none}section,nav{border:0;padding:0;break-inside:auto}.pill,.grade{border:1px solid}tr,.finding,.chain li,.lives li,pre{break-inside:avoid}pre{white-space:pre-wrap;overflow-wrap:anywhere}.scroll{overflow:visible}details::details-content{content-visibility:visible;display:block}details:not([open])>:not(summary){display:block}.bar{border:1px solid var(--line)}}
`.trim()
