// Pieces of a page: text that was escaped, and elements around it. Only this file and its source
// write a "<", so that no other can forget to escape.
//
// Threat: every text in a report may be a party's. It becomes character data, never an attribute.
// Source: HTML Living Standard, sections 13.1.2 and 13.3. Internal to verifier/report. Pure.
#pragma once

#include <string>
#include <string_view>

namespace heyan::report {

struct Markup {
  std::string html;

  Markup& operator+=(const Markup& more) {
    html += more.html;
    return *this;
  }
  friend Markup operator+(Markup left, const Markup& right) { return left += right; }
};

// Character data.
Markup escaped(std::string_view text);

// `tag` and `attributes` are literals of ours: `class="note" id="x"`.
Markup element(std::string_view tag, const Markup& content, std::string_view attributes = {});
Markup element(std::string_view tag, std::string_view text, std::string_view attributes = {});
// One without content or end: <meta ...>.
Markup single(std::string_view tag, std::string_view attributes = {});

}  // namespace heyan::report
