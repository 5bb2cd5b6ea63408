// Parts that the sections of a document share: lines of spans, blocks in a row, and who the parties
// are. Internal to verifier/report. Not for use from two threads.
#pragma once

#include <optional>
#include <utility>

#include "verifier/report/document.h"
#include "verifier/report/text.h"
#include "verifier/report/wording.h"

namespace heyan::report {

class Draft : public Wording {
 public:
  // Both must outlive it.
  Draft(const v1::Report& report, const TextOptions& options)
      : Wording(report, options.language), report_(report), options_(options) {}

  const v1::Report& report() const { return report_; }
  const TextOptions& options() const { return options_; }

  // The party as the submission names it; null where it is not to be shown.
  const v1::Party* declared_party(std::string_view id) const;

 private:
  const v1::Report& report_;
  const TextOptions& options_;
};

// A line of text, span after span.
class Line {
 public:
  explicit Line(const Draft& draft) : draft_(draft) {}

  Line& text(std::string_view text) { return add(std::string(text), Span::Kind::kPlain); }
  Line& words(const catalogue::Text& text) { return add(draft_.in(text), Span::Kind::kPlain); }
  Line& words(Label name) { return add(draft_.in(name), Span::Kind::kPlain); }
  Line& strong(std::string_view text) { return add(std::string(text), Span::Kind::kStrong); }
  Line& code(std::string_view text) { return add(std::string(text), Span::Kind::kCode); }
  Line& tag(std::string_view text) { return add(std::string(text), Span::Kind::kTag); }
  // Somebody's text: quoted, and marked where nobody verified it.
  Line& told(std::string_view text, bool declared = true);
  // Symbol and word.
  Line& verdict(const catalogue::VerdictEntry& entry);

  bool empty() const { return spans_.empty(); }
  Spans spans() const { return spans_; }

 private:
  Line& add(std::string text, Span::Kind kind);

  const Draft& draft_;
  Spans spans_;
};

// Blocks in the order in which they are added.
class Blocks {
 public:
  explicit Blocks(const Draft& draft) : draft_(draft) {}

  Line line() const { return Line(draft_); }

  Blocks& heading(int level, const Line& text);
  Blocks& heading(int level, Label text);
  Blocks& paragraph(const Line& text, Paragraph::Role role = Paragraph::Role::kBody);
  Blocks& paragraph(const catalogue::Text& text, Paragraph::Role role = Paragraph::Role::kBody);
  Blocks& paragraph(Label text, Paragraph::Role role = Paragraph::Role::kBody);
  Blocks& verdict(const catalogue::VerdictEntry& entry);
  // Nothing where there is nothing in it.
  Blocks& fields(Fields fields);
  Blocks& table(Table table);
  Blocks& list(List list);
  Blocks& group(Blocks blocks);
  Blocks& picture(Picture picture);

  bool empty() const { return blocks_.empty(); }
  std::vector<Block> take() { return std::move(blocks_); }

 private:
  const Draft& draft_;
  std::vector<Block> blocks_;
};

// A field with the name in the document's language.
Field field(const Draft& draft, Label name, const Line& value);

// "-" for nothing; controls shown, cut.
std::string visible_or_dash(std::string_view text);
std::string rfc3339(std::int64_t at_ms);

}  // namespace heyan::report
