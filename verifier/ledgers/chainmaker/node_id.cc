#include "verifier/ledgers/chainmaker/node_id.h"

#include <algorithm>

#include "verifier/crypto/digest.h"
#include "verifier/ledgers/chainmaker/wire_rules.h"

namespace heyan::ledgers::chainmaker {
namespace {

constexpr std::string_view kAlphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

}  // namespace

std::string base58(core::ByteView bytes) {
  std::string digits;  // little-endian, values 0 to 57
  for (const std::uint8_t octet : bytes) {
    unsigned carry = octet;
    for (char& digit : digits) {
      carry += static_cast<unsigned>(digit) << 8;
      digit = static_cast<char>(carry % 58);
      carry /= 58;
    }
    for (; carry > 0; carry /= 58) digits.push_back(static_cast<char>(carry % 58));
  }
  const auto zeros = std::ranges::find_if(bytes, [](std::uint8_t one) { return one != 0; });
  digits.append(static_cast<std::size_t>(zeros - bytes.begin()), '\0');
  std::ranges::reverse(digits);
  for (char& digit : digits) digit = kAlphabet.at(static_cast<std::size_t>(digit));
  return digits;
}

bool is_base58(std::string_view text) {
  return !text.empty() && text.find_first_not_of(kAlphabet) == std::string_view::npos;
}

std::optional<std::string> node_id_of(const crypto::PublicKey& key) {
  std::uint64_t type = 0;
  switch (key.algorithm()) {
    case crypto::KeyAlgorithm::kEcdsaP256:
    case crypto::KeyAlgorithm::kEcdsaP384:
    case crypto::KeyAlgorithm::kSecp256k1:
      type = 3;
      break;
    case crypto::KeyAlgorithm::kSm2:
      type = 4;
      break;
    default:
      return std::nullopt;
  }
  Bytes message;
  put_number(message, 1, type);
  put_bytes(message, 2, key.spki());
  Bytes multihash = {0x12, 0x20};
  const Bytes digest = crypto::sha256(message);
  multihash.insert(multihash.end(), digest.begin(), digest.end());
  return base58(multihash);
}

}  // namespace heyan::ledgers::chainmaker
