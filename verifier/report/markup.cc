#include "verifier/report/markup.h"

namespace heyan::report {
namespace {

std::string start(std::string_view tag, std::string_view attributes) {
  std::string html = "<";
  html += tag;
  if (!attributes.empty()) html.append(" ").append(attributes);
  return html += ">";
}

}  // namespace

Markup escaped(std::string_view text) {
  Markup out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out.html += "&amp;";
        break;
      case '<':
        out.html += "&lt;";
        break;
      case '>':
        out.html += "&gt;";
        break;
      case '"':
        out.html += "&quot;";
        break;
      case '\'':
        out.html += "&#39;";
        break;
      default:
        out.html += c;
    }
  }
  return out;
}

Markup element(std::string_view tag, const Markup& content, std::string_view attributes) {
  Markup out{start(tag, attributes)};
  out += content;
  out.html.append("</").append(tag).append(">");
  return out;
}

Markup element(std::string_view tag, std::string_view text, std::string_view attributes) {
  return element(tag, escaped(text), attributes);
}

Markup single(std::string_view tag, std::string_view attributes) {
  return {start(tag, attributes)};
}

}  // namespace heyan::report
