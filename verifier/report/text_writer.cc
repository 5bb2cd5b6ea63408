#include "verifier/report/text_writer.h"

#include <utility>

#include "verifier/core/text.h"

namespace heyan::report {
namespace {

template <typename Names>
std::string name_of(const Names& names, std::string_view id, catalogue::Language language) {
  for (const auto& name : names) {
    if (name.id() != id) continue;
    const std::string& text = language == catalogue::Language::kChinese ? name.zh() : name.en();
    if (!text.empty()) return core::visible(text);
  }
  return core::visible(id);
}

// Quotation marks inside a quotation are shown by number, so that the text cannot end it itself.
std::string unquoted(std::string text) {
  for (const auto& [mark, shown] :
       {std::pair<std::string_view, std::string_view>{"“", "⟨U+201C⟩"}, {"”", "⟨U+201D⟩"}}) {
    for (std::size_t at = text.find(mark); at != std::string::npos;
         at = text.find(mark, at + shown.size())) {
      text.replace(at, mark.size(), shown);
    }
  }
  return text;
}

}  // namespace

void TextWriter::heading(const catalogue::Text& text) {
  if (!text_.empty()) text_ += "\n";
  text_ += "== " + in(text) + " ==\n";
}

void TextWriter::line(std::string_view text) {
  text_ += text;
  text_ += "\n";
}

void TextWriter::field(Label name, std::string_view value) {
  text_ += in(label(name));
  text_ += ": ";
  text_ += value;
  text_ += "\n";
}

void TextWriter::told(Label name, std::string_view value, bool declared) {
  field(name, declared ? quoted(value) : cited(value));
}

std::string TextWriter::cited(std::string_view text) {
  return "“" + unquoted(core::visible(text)) + "”";
}

std::string TextWriter::quoted(std::string_view declared) const {
  return cited(declared) + " (" + in(label(Label::kDeclared)) + ")";
}

std::string TextWriter::institution(std::string_view id) const {
  return name_of(report_.institutions(), id, language_);
}

std::string TextWriter::ledger(std::string_view id) const {
  return name_of(report_.ledgers(), id, language_);
}

}  // namespace heyan::report
