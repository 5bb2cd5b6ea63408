#include "verifier/report/text_writer.h"

namespace heyan::report {

void TextWriter::heading(const catalogue::Text& text) {
  if (!text_.empty()) text_ += "\n";
  text_ += "== " + in(text) + " ==\n";
}

void TextWriter::line(std::string_view text) {
  text_ += text;
  text_ += "\n";
}

void TextWriter::field(Label name, std::string_view value) {
  text_ += in(name);
  text_ += ": ";
  text_ += value;
  text_ += "\n";
}

void TextWriter::told(Label name, std::string_view value, bool declared) {
  field(name, declared ? quoted(value) : cited(value));
}

std::string TextWriter::quoted(std::string_view declared) const {
  return cited(declared) + " (" + in(Label::kDeclared) + ")";
}

}  // namespace heyan::report
