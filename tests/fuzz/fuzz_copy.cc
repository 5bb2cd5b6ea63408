// Copies of reports and single disclosures, on any bytes: what is read has one spelling, a copy
// made of a copy is no larger, and a reader's disclosures open what the payload commits to.
#include <cstdlib>

#include "verifier/report/copy.h"

namespace {

using namespace heyan;  // NOLINT: a program of one file

void require(bool condition) {
  if (!condition) std::abort();
}

void fuzz_disclosure(std::string_view bytes) {
  const auto disclosure = parse_disclosure(bytes);
  if (disclosure) require(encode_disclosure(*disclosure) == bytes);
}

report::Disclosed disclosed_in(core::ByteView envelope) {
  const auto members = report::read_members(envelope, {});
  const auto* payload = members ? members->find("payload") : nullptr;
  const auto* member = members ? members->find(report::kDisclosuresMember) : nullptr;
  if (payload == nullptr || payload->as_string() == nullptr || member == nullptr) return {};
  const auto bytes = core::from_base64url(*payload->as_string());
  const auto value =
      bytes ? core::json::parse(*bytes, {}) : std::unexpected(core::json::ParseError());
  if (!value) return {};
  return report::read_disclosures(*member, report::personal_fields(*value));
}

void fuzz_envelope(core::ByteView bytes) {
  const report::Disclosed disclosed = disclosed_in(bytes);
  for (const std::string_view reader : {report::kCourt, report::kParty, report::kOpponent}) {
    const auto copy = report::make_copy(bytes, disclosed.disclosures, reader);
    if (!copy) continue;
    const report::Disclosed again = disclosed_in(core::as_bytes(*copy));
    require(again.fault == report::DisclosureFault::kNone);
    require(again.disclosures.size() <= disclosed.disclosures.size());
    require(report::make_copy(core::as_bytes(*copy), again.disclosures, report::kCourt) == *copy);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz_disclosure(core::as_text({data, size}));
  fuzz_envelope({data, size});
  return 0;
}
