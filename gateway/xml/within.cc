#include "gateway/xml/within.h"

#include <utility>

namespace heyan::xml {
namespace {

// How objects.h writes the signed report.
constexpr std::string_view kEnvelopeBegins =
    R"(<ValidationObject id="report.jws">)"
    R"(<ObjectType>urn:etsi:019102:validationObject:other</ObjectType>)"
    R"(<ValidationObjectRepresentation><direct>)";

// As C14N writes text; whatever else stands there is noticed when it is written anew.
std::string plain(std::string text) {
  for (const auto& [reference, character] :
       {std::pair{"&lt;", "<"}, std::pair{"&gt;", ">"}, std::pair{"&amp;", "&"}}) {
    const std::string_view name(reference);
    for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name, at + 1)) {
      text.replace(at, name.size(), character);
    }
  }
  return text;
}

}  // namespace

std::optional<std::string> envelope_in(std::string_view text) {
  const std::size_t at = text.find(kEnvelopeBegins);
  if (at == std::string_view::npos) return std::nullopt;
  text.remove_prefix(at + kEnvelopeBegins.size());
  return plain(std::string(text.substr(0, text.find('<'))));
}

}  // namespace heyan::xml
