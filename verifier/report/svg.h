// A picture as inline SVG: lines and words, no style, no script, no reference to anything.
//
// Its title is the first sentence of the description, for a screen reader; the whole description
// stands beneath it for everybody. Source: SVG 2, HTML Living Standard 4.8.16. Pure, any thread.
#pragma once

#include "verifier/report/document.h"
#include "verifier/report/markup.h"

namespace heyan::report {

Markup drawn(const Picture& picture);

}  // namespace heyan::report
