#include "court_adapters/asic/manifest.h"

#include "court_adapters/asic/names.h"
#include "court_adapters/asic/xml_algorithms.h"

namespace heyan::court_adapters::asic {
namespace {

using markup::Element;
using markup::Problem;

constexpr std::string_view kSpace = "http://uri.etsi.org/02918/v1.2.1#";
constexpr std::size_t kMostReferences = 10'000;

std::unexpected<Problem> problem(std::string_view detail, const Element& at) {
  return std::unexpected(Problem{.kind = Problem::Kind::kSchema,
                                 .line = at.line(),
                                 .path = at.path(),
                                 .detail = std::string(detail)});
}

std::expected<Reference, Problem> read_reference(const Element& element) {
  const auto address = element.attribute({}, "URI");
  const auto digest = base64_of(one(element, kSignatureSpace, "DigestValue"));
  if (!address || !digest) return problem("a reference lacks its address or digest", element);
  const auto name = name_of(*address);
  auto hash = digest_method(one(element, kSignatureSpace, "DigestMethod"));
  if (hash == crypto::Hash::kSha1) hash.reset();
  return Reference{.name = name.value_or(*address),
                   .names_entry = name.has_value(),
                   .hash = hash,
                   .digest = *digest};
}

}  // namespace

std::expected<Manifest, Problem> read_manifest(core::ByteView xml) {
  const auto document = markup::Document::read(xml, {.depth = 16, .elements = 100'000});
  if (!document) return std::unexpected(document.error());
  const Element root = document->root();
  if (!root.is(kSpace, "ASiCManifest")) return problem("the root is not ASiCManifest", root);
  const Element signature = one(root, kSpace, "SigReference");
  const auto address = signature.attribute({}, "URI");
  if (!address) return problem("there is not one SigReference with an address", root);
  Manifest manifest;
  manifest.signature = name_of(*address).value_or("");
  for (const Element& child : root.children(kSpace, "DataObjectReference")) {
    if (manifest.references.size() == kMostReferences) return problem("too many references", root);
    auto reference = read_reference(child);
    if (!reference) return std::unexpected(std::move(reference).error());
    manifest.references.push_back(*std::move(reference));
  }
  if (manifest.references.empty()) return problem("the manifest refers to no file", root);
  return manifest;
}

}  // namespace heyan::court_adapters::asic
