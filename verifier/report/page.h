// Parts that the sections of the page share. Internal to verifier/report.
#pragma once

#include <optional>

#include "verifier/report/markup.h"
#include "verifier/report/text.h"
#include "verifier/report/wording.h"

namespace heyan::report {

class Page : public Wording {
 public:
  Page(const v1::Report& report, const TextOptions& options)
      : Wording(report, options.language), declared_(options.declared) {}

  Markup words(const catalogue::Text& text) const { return escaped(in(text)); }
  Markup words(Label name) const { return escaped(in(name)); }

  // Somebody's text: quoted, and marked where nobody verified it.
  Markup told(std::string_view value, bool declared = true) const;
  // Letters and digits that may be long.
  static Markup code(std::string_view text);

  // A name and a value of a <dl>.
  Markup field(Label name, const Markup& value) const;
  Markup heading(std::string_view tag, Label name) const { return element(tag, in(name)); }

  // The party as the submission names it; null where it is not to be shown.
  const v1::Party* declared_party(std::string_view id) const;

 private:
  const v1::Submission* declared_;
};

// Symbol and word, in a frame of its own: nothing else stands on that line.
Markup verdict_line(const Page& page, const catalogue::VerdictEntry& verdict);

// The section of one item; `number` is its place, from 1.
Markup item_section(const Page& page, const v1::ItemReport& item, int number);

// The style sheet.
std::string_view page_style();

}  // namespace heyan::report
