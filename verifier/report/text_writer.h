// Lines of the text report: headings, fields, and declared text that cannot be taken for anything
// else.
//
// Internal to verifier/report. One writer a report; not for use from two threads.
#pragma once

#include <string>
#include <string_view>

#include "heyan/v1/report.pb.h"
#include "verifier/report/labels.h"

namespace heyan::report {

class TextWriter {
 public:
  TextWriter(const v1::Report& report, catalogue::Language language)
      : report_(report), language_(language) {}

  std::string in(const catalogue::Text& text) const { return std::string(text.in(language_)); }

  void heading(const catalogue::Text& text);
  void line(std::string_view text);
  void field(Label name, std::string_view value);
  // A field whose value somebody told us: quoted, and marked where nobody verified it.
  void told(Label name, std::string_view value, bool declared);

  // “text”, controls shown, cut; and the same with "(declared)" behind it.
  static std::string cited(std::string_view text);
  std::string quoted(std::string_view declared) const;
  // The institution's name in the report's language, or its id where the report names it not.
  std::string institution(std::string_view id) const;
  std::string ledger(std::string_view id) const;

  std::string take() { return std::move(text_); }

 private:
  const v1::Report& report_;
  catalogue::Language language_;
  std::string text_;
};

}  // namespace heyan::report
