// XML from any bytes: what is read is canonical once it was made so, and what is refused says why
// without showing anything unseen.
#include <array>
#include <cstdlib>

#include "verifier/core/text.h"
#include "verifier/markup/canonical.h"
#include "verifier/markup/schema.h"

namespace {

using heyan::markup::Canonical;
using heyan::markup::Document;
using heyan::markup::Problem;
using heyan::markup::SchemaSet;

void require(bool condition) {
  if (!condition) std::abort();
}

void require_shown(const Problem& problem) {
  const std::string shown = problem.path + problem.detail;
  require(!problem.detail.empty());
  require(heyan::core::is_utf8(shown) && !heyan::core::has_control(shown));
}

const SchemaSet& schemas() {
  static constexpr std::array kFiles = {heyan::markup::SchemaFile{
      "a.xsd",
      R"(<s:schema xmlns:s="http://www.w3.org/2001/XMLSchema"><s:element name="a"><s:complexType>
<s:sequence><s:element ref="a" minOccurs="0" maxOccurs="9"/><s:any minOccurs="0"/></s:sequence>
<s:attribute name="id" type="s:ID"/><s:attribute name="n" type="s:decimal"/></s:complexType>
</s:element></s:schema>)"}};
  static const SchemaSet kSet = SchemaSet::compile(kFiles, "a.xsd").value();
  return kSet;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const heyan::markup::ReadLimits limits{.bytes = 1u << 20, .elements = 10'000};
  const auto read = Document::read({data, size}, limits);
  if (!read) {
    require_shown(read.error());
    return 0;
  }
  for (const auto& problem : schemas().validate(read->root())) require_shown(problem);
  for (const auto form :
       {Canonical::Form::k10, Canonical::Form::k11, Canonical::Form::kExclusive}) {
    const Canonical as{.form = form, .comments = true};
    const auto once = canonical(*read, as);
    if (!once) continue;  // addresses of namespaces that are relative
    heyan::markup::ReadLimits more = limits;
    more.bytes = 64u << 20;
    more.tag_bytes = 8u << 20;
    const auto again = Document::read(heyan::core::as_bytes(*once), more);
    require(again.has_value());
    require(canonical(*again, as) == once);
  }
  return 0;
}
