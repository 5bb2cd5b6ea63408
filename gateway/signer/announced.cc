#include "gateway/signer/announced.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace heyan::signer {
namespace {

constexpr std::string_view kReceipt = "receipt";

// What an error says is static.
constexpr auto kOthers = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"report-es256",
     "report-es256 is another key than the log's first leaf announces: put that one back, or have "
     "a new log follow (heyan log renew)"},
    {"report-sm2",
     "report-sm2 is another key than the log's first leaf announces: put that one back, or have a "
     "new log follow (heyan log renew)"},
    {"seal",
     "seal-es256 is another key than the log's first leaf announces: put that one back, or have a "
     "new log follow (heyan log renew)"},
    {"xml-seal",
     "xml-es256 is another key than the log's first leaf announces: put that one back, or have a "
     "new log follow (heyan log renew)"},
    {"statement",
     "statement-es256 is another key than the log's first leaf announces: put that one back, or "
     "have a new log follow (heyan log renew)"},
});

}  // namespace

std::vector<report::LogKey> announced_keys(const Keys& keys) {
  std::vector<report::LogKey> all;
  const auto announce = [&all](std::string_view use, const crypto::PublicKey& key) {
    all.push_back({std::string(use), core::to_bytes(key.spki())});
  };
  for (const report::ReportSigner& one : keys.report) {
    const bool sm2 = one.key.public_key().algorithm() == crypto::KeyAlgorithm::kSm2;
    announce(sm2 ? "report-sm2" : "report-es256", one.key.public_key());
  }
  announce(kReceipt, keys.receipt.key.public_key());
  announce("seal", keys.seal.key.public_key());
  announce("xml-seal", keys.xml_seal.key.public_key());
  announce("statement", keys.statement.key.public_key());
  return all;
}

core::Result<void> expect_announced(const report::LogBeginning& beginning, const Keys& keys) {
  for (const report::LogKey& ours : announced_keys(keys)) {
    const auto is_of_use = [&ours](const report::LogKey& one) { return one.use == ours.use; };
    if (ours.use == kReceipt || std::ranges::none_of(beginning.keys, is_of_use)) continue;
    if (std::ranges::find(beginning.keys, ours) != beginning.keys.end()) continue;
    const auto* const other =
        std::ranges::find(kOthers, ours.use, &decltype(kOthers)::value_type::first);
    return core::fail(core::ErrorCode::kUnsupported,
                      other == kOthers.end() ? "the log announces another key" : other->second);
  }
  return {};
}

}  // namespace heyan::signer
