#include "verifier/report/draft.h"

#include <algorithm>

#include "verifier/core/text.h"
#include "verifier/core/time.h"
#include "verifier/elsewhere.h"

namespace heyan::report {

Draft::Draft(const v1::Report& report, const TextOptions& options)
    : Wording(report, options.language), report_(report), options_(options) {
  std::map<std::string_view, const Disclosure*> disclosed;
  for (const Disclosure& one : options.disclosures) disclosed.emplace(one.pointer, &one);
  for (const auto& commitment : report.commitments()) {
    std::optional<std::string>& value = personal_[commitment.pointer()];
    const auto found = disclosed.find(commitment.pointer());
    if (found == disclosed.end()) continue;
    if (core::to_string(commitment_to(*found->second)) == commitment.digest()) {
      value = found->second->value;
    }
  }
}

const std::string* Draft::disclosed(std::string_view place) const {
  const auto found = personal_.find(place);
  return found == personal_.end() || !found->second ? nullptr : &*found->second;
}

std::size_t Draft::personal_count() const {
  return static_cast<std::size_t>(
      std::ranges::count_if(personal_, [](const auto& field) { return !is_search(field.first); }));
}

std::size_t Draft::withheld_count() const {
  return static_cast<std::size_t>(std::ranges::count_if(
      personal_, [](const auto& field) { return !field.second && !is_search(field.first); }));
}

const v1::PartyReport* Draft::party(std::string_view id) const {
  for (const auto& party : report_.parties()) {
    if (party.id() == id) return &party;
  }
  return nullptr;
}

Line place_in_log(const Draft& draft, const LogPlace& place) {
  return Line(draft).filled(Label::kLogPlace, visible_or_dash(place.log), place.index);
}

Line role_and_id(const Draft& draft, const v1::PartyReport& party) {
  Line line(draft);
  if (const auto role = role_label(party.role())) line.words(*role).text(" ");
  return line.told(party.id());
}

Line& Line::told(std::string_view text, bool declared) {
  add(Draft::cited(text), Span::Kind::kTold);
  return declared ? add(draft_.in(Label::kDeclared), Span::Kind::kDeclared) : *this;
}

Line& Line::personal(std::string_view place) {
  if (const std::string* value = draft_.disclosed(place)) return told(*value);
  return draft_.has_personal(place) ? words(Label::kWithheld) : *this;
}

Line& Line::statute(std::string_view text) {
  return add("“" + std::string(text) + "”", Span::Kind::kTold);
}

Line& Line::verdict(const catalogue::VerdictEntry& entry) {
  return add(std::string(entry.symbol), Span::Kind::kSymbol).text(" ").words(entry.label);
}

Line& Line::add(std::string text, Span::Kind kind) {
  spans_.push_back({.text = std::move(text), .kind = kind});
  return *this;
}

Blocks& Blocks::heading(int level, const Line& text) {
  blocks_.push_back({Heading{.level = level, .text = text.spans()}});
  return *this;
}

Blocks& Blocks::heading(int level, Label text) { return heading(level, line().words(text)); }

Blocks& Blocks::paragraph(const Line& text, Paragraph::Role role) {
  blocks_.push_back({Paragraph{.text = text.spans(), .role = role}});
  return *this;
}

Blocks& Blocks::paragraph(const catalogue::Text& text, Paragraph::Role role) {
  return paragraph(line().words(text), role);
}

Blocks& Blocks::paragraph(Label text, Paragraph::Role role) {
  return paragraph(line().words(text), role);
}

Blocks& Blocks::verdict(const catalogue::VerdictEntry& entry) {
  return paragraph(line().verdict(entry), Paragraph::Role::kVerdict);
}

Blocks& Blocks::fields(Fields fields) {
  if (!fields.fields.empty()) blocks_.push_back({std::move(fields)});
  return *this;
}

Blocks& Blocks::table(Table table) {
  if (!table.rows.empty()) blocks_.push_back({std::move(table)});
  return *this;
}

Blocks& Blocks::list(List list) {
  if (!list.items.empty()) blocks_.push_back({std::move(list)});
  return *this;
}

Blocks& Blocks::group(Blocks blocks) {
  if (!blocks.empty()) blocks_.push_back({Group{.blocks = blocks.take()}});
  return *this;
}

Blocks& Blocks::picture(std::optional<Picture> picture) {
  if (picture) blocks_.push_back({*std::move(picture)});
  return *this;
}

Table table_of(const Draft& draft, std::initializer_list<Label> columns) {
  Table table;
  for (const Label column : columns) table.columns.push_back(draft.in(column));
  return table;
}

std::string visible_or_dash(std::string_view text) {
  return text.empty() ? "-" : core::visible(text);
}

std::string rfc3339(std::int64_t at_ms) { return core::format_rfc3339(core::from_unix_ms(at_ms)); }

std::string in_fours(std::string_view hex) {
  constexpr std::size_t kGroup = 4;
  std::string out;
  for (std::size_t at = 0; at < hex.size(); at += kGroup) {
    out.append(at == 0 ? "" : " ").append(hex.substr(at, kGroup));
  }
  return out;
}

std::string number_list(const Draft& draft, const std::vector<int>& numbers) {
  std::string out;
  for (std::size_t i = 0; i < numbers.size();) {
    std::size_t last = i;
    while (last + 1 < numbers.size() && numbers[last + 1] == numbers[last] + 1) ++last;
    if (!out.empty()) out += comma(draft);
    out += std::to_string(numbers[i]);
    if (last > i) out += "-" + std::to_string(numbers[last]);
    i = last + 1;
  }
  return out;
}

std::string_view comma(const Draft& draft) {
  return draft.language() == catalogue::Language::kChinese ? "、" : ", ";
}

std::string_view semicolon(const Draft& draft) {
  return draft.language() == catalogue::Language::kChinese ? "；" : "; ";
}

}  // namespace heyan::report
