#include "verifier/report/page_style.h"

namespace heyan::report {

std::string_view page_style() {
  return R"(
:root{color-scheme:light}
*{box-sizing:border-box}
body{margin:0;background:#fff;color:#111;font:1rem/1.65 "Source Han Sans SC","Noto Sans CJK SC","Noto Sans SC","PingFang SC","Microsoft YaHei",system-ui,sans-serif}
.sheet{max-width:54rem;margin:0 auto;padding:1.25rem 1rem 3rem}
.skip{position:absolute;left:-999rem}
.skip:focus{left:1rem;top:.5rem;background:#fff;padding:.5rem;outline:3px solid #0b4f9e}
a{color:#0b4f9e}
a:focus-visible,[tabindex]:focus-visible{outline:3px solid #0b4f9e;outline-offset:2px}
nav{text-align:right}
h1{font-size:1.6rem;line-height:1.3;margin:.5rem 0 1rem}
h2{font-size:1.25rem;line-height:1.35;margin:2.25rem 0 .75rem;padding-bottom:.25rem;border-bottom:2px solid #111}
h3{font-size:1.05rem;margin:1.5rem 0 .4rem}
h4{font-size:1rem;margin:1rem 0 .3rem}
p{margin:.4rem 0}
.notice{border:3px double #111;padding:.5rem .9rem;font-weight:700;margin:.5rem 0}
.verdict{display:inline-block;border:2px solid #111;padding:.3rem .8rem;margin:.25rem 0;font-size:1.1rem}
.symbol{margin-right:.25rem;white-space:nowrap}
dl{margin:.5rem 0}
dl>div{display:grid;grid-template-columns:11rem 1fr;gap:0 1rem;padding:.25rem 0;border-bottom:1px solid #ddd}
dt{color:#444}
dd{margin:0;min-width:0;overflow-wrap:anywhere}
code{font:.9em/1.5 ui-monospace,"DejaVu Sans Mono",Consolas,monospace;overflow-wrap:anywhere}
.told{overflow-wrap:anywhere}
.mark{display:inline-block;border:1px dashed #555;border-radius:.2rem;padding:0 .3rem;margin:0 .3rem;font-size:.75rem;color:#333;white-space:nowrap}
.list{padding-left:1.6rem;margin:.5rem 0}
.list>li{margin:0 0 .5rem}
.next{border-left:3px solid #111;padding-left:.6rem}
.tag{margin-left:.3rem;font-size:.8rem;color:#444;white-space:nowrap}
.small{font-size:.9rem}
.group{border:1px solid #999;padding:.1rem 1rem 1rem;margin:1rem 0}
.wide{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.92rem}
th,td{text-align:left;vertical-align:top;padding:.35rem .5rem;border-bottom:1px solid #bbb}
thead th{border-bottom:2px solid #111}
.column{display:none}
tbody th{min-width:5.5rem;font-weight:600}
figure{margin:.8rem 0}
svg{display:block;max-width:100%;height:auto}
figcaption{font-size:.85rem;color:#333;margin-top:.3rem;overflow-wrap:anywhere}
.contents{text-align:left;margin:1.5rem 0}
.contents ul{columns:2;padding-left:1.2rem;margin:.3rem 0}
caption{text-align:left;font-weight:600}
footer{margin-top:2.5rem;border-top:2px solid #111;padding-top:.75rem;font-size:.85rem}
@media(max-width:40rem){
dl>div{grid-template-columns:1fr}
.contents ul{columns:1}
.column{display:inline;color:#444}
.group{padding:.1rem .7rem .7rem}
thead{position:absolute;left:-999rem}
tr{display:block;padding:.4rem 0;border-bottom:1px solid #bbb}
th,td{display:block;border:0;padding:.1rem 0;overflow-wrap:anywhere}
}
@media print{
body{font-size:9.5pt;line-height:1.5}
h2{margin:1.1rem 0 .4rem}
h3{margin:.8rem 0 .2rem}
p,.notice,dl,.list{margin:.2rem 0}
.list>li{margin:0 0 .25rem}
.verdict{font-size:1rem;padding:.05rem .5rem;margin:.1rem 0}
dl>div{padding:.1rem 0}
figure,#overall .group{break-inside:avoid}
.sheet{max-width:none;padding:0}
nav,.skip{display:none}
a{color:inherit;text-decoration:none}
.new-page{break-before:page}
h2,h3,h4,thead,.verdict{break-after:avoid}
.verdict,tr,.list>li,dl>div{break-inside:avoid}
.wide{overflow:visible}
@page{size:A4;margin:18mm 16mm}
}
)";
}

}  // namespace heyan::report
