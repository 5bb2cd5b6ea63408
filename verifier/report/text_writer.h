// Lines of the text report: headings, fields, and declared text that is marked as such.
//
// Internal to verifier/report. One writer a report; not for use from two threads.
#pragma once

#include <string>
#include <string_view>

#include "verifier/report/wording.h"

namespace heyan::report {

class TextWriter : public Wording {
 public:
  using Wording::Wording;

  void heading(const catalogue::Text& text);
  void line(std::string_view text);
  void field(Label name, std::string_view value);
  // A field whose value somebody told us: quoted, and marked where nobody verified it.
  void told(Label name, std::string_view value, bool declared);

  // The citation with "(declared)" behind it.
  std::string quoted(std::string_view declared) const;

  std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

}  // namespace heyan::report
