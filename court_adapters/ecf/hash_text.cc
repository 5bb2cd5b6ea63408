#include "court_adapters/ecf/hash_text.h"

#include <algorithm>
#include <array>

namespace heyan::court_adapters::ecf {
namespace {

constexpr std::size_t kSha256 = 32;
// MD5, SHA-1, SHA-224, SHA-384, SHA-512.
constexpr std::array<std::size_t, 5> kOthers = {16, 20, 28, 48, 64};

}  // namespace

HashText read_hash(std::string_view text) {
  using Form = HashText::Form;
  if (text.empty()) return {};
  // A text that is both (32 hex digits are base64 too) is taken as hex: real hashes are.
  for (const auto& [bytes, form] : {std::pair{core::from_hex(text), Form::kHex},
                                    std::pair{core::from_base64(text), Form::kBase64}}) {
    if (!bytes) continue;
    if (bytes->size() == kSha256) return {.form = form, .sha256 = *bytes};
    if (std::ranges::find(kOthers, bytes->size()) != kOthers.end()) {
      return {.form = Form::kRefused, .sha256 = {}};
    }
  }
  return {.form = Form::kNoHash, .sha256 = {}};
}

}  // namespace heyan::court_adapters::ecf
