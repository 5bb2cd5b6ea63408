// Parts that the sections of a document share: lines of spans, blocks in a row, and who the parties
// are. Internal to verifier/report. Not for use from two threads.
#pragma once

#include <fmt/format.h>

#include <map>
#include <optional>
#include <utility>

#include "verifier/report/document.h"
#include "verifier/report/text.h"
#include "verifier/report/wording.h"

namespace heyan::report {

class Draft : public Wording {
 public:
  // Both must outlive it.
  Draft(const v1::Report& report, const TextOptions& options);

  const v1::Report& report() const { return report_; }
  const TextOptions& options() const { return options_; }

  // Of the personal field at that place (Commitment.pointer): whether there is one, and its value
  // where it is disclosed.
  bool has_personal(std::string_view place) const { return personal_.contains(place); }
  const std::string* disclosed(std::string_view place) const;
  // How many there are, and how many of them are withheld; without what a search found.
  std::size_t personal_count() const;
  std::size_t withheld_count() const;
  // The party of that id; null where the report has none.
  const v1::PartyReport* party(std::string_view id) const;

 private:
  const v1::Report& report_;
  const TextOptions& options_;
  std::map<std::string, std::optional<std::string>, std::less<>> personal_;
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
  // A personal field: somebody's text, or that it is withheld; nothing where there is no such
  // field.
  Line& personal(std::string_view place);
  // A statute's own words: quoted, not cut.
  Line& statute(std::string_view text);
  // A label with places: "{0} required, {1} valid".
  template <typename... Values>
  Line& filled(Label name, const Values&... values) {
    return text(fmt::format(fmt::runtime(draft_.in(name)), values...));
  }
  // Symbol and word.
  Line& verdict(const catalogue::VerdictEntry& entry);

  Line& add(Span span) {
    spans_.push_back(std::move(span));
    return *this;
  }

  bool empty() const { return spans_.empty(); }
  Spans spans() const { return spans_; }

 private:
  Line& add(std::string text, Span::Kind kind);

  const Draft& draft_;
  Spans spans_;
};

// "log court.example/log, entry 7"
Line place_in_log(const Draft& draft, const LogPlace& place);

// "plaintiff “P1”", or the id alone.
Line role_and_id(const Draft& draft, const v1::PartyReport& party);

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
  // What follows does nothing where there is nothing in it.
  Blocks& fields(Fields fields);
  Blocks& table(Table table);
  Blocks& list(List list);
  Blocks& group(Blocks blocks);
  Blocks& picture(std::optional<Picture> picture);

  bool empty() const { return blocks_.empty(); }
  std::vector<Block> take() { return std::move(blocks_); }

 private:
  const Draft& draft_;
  std::vector<Block> blocks_;
};

// Fields in the order in which they are added; their names in the document's language.
class FieldList {
 public:
  explicit FieldList(const Draft& draft) : draft_(draft) {}

  Line line() const { return Line(draft_); }
  FieldList& add(Label name, const Line& value) { return add(draft_.in(name), value); }
  FieldList& add(std::string name, const Line& value) {
    fields_.fields.push_back({.name = std::move(name), .value = value.spans()});
    return *this;
  }
  Fields take() { return std::move(fields_); }

 private:
  const Draft& draft_;
  Fields fields_;
};

// A table without rows; its columns in the document's language.
Table table_of(const Draft& draft, std::initializer_list<Label> columns);

// One paragraph an item.
class Lines {
 public:
  Lines& add(const Line& line, Paragraph::Role role = Paragraph::Role::kBody) {
    list_.items.push_back({Block{Paragraph{.text = line.spans(), .role = role}}});
    return *this;
  }
  bool empty() const { return list_.items.empty(); }
  List take(bool numbered = false) {
    list_.numbered = numbered;
    return std::move(list_);
  }

 private:
  List list_;
};

// "-" for nothing; controls shown, cut.
std::string visible_or_dash(std::string_view text);
std::string rfc3339(std::int64_t at_ms);
// "0123 4567 ..."
std::string in_fours(std::string_view hex);
// "1-3, 5": numbers that ascend, in the document's way of listing.
std::string number_list(const Draft& draft, const std::vector<int>& numbers);
// What stands between the members of a list.
std::string_view comma(const Draft& draft);
std::string_view semicolon(const Draft& draft);

}  // namespace heyan::report
