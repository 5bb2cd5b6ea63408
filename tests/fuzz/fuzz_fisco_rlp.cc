// RLP and raw transactions of FISCO BCOS 2.x: what is read is the only way to write it.
#include <cstdlib>

#include "verifier/ledgers/fisco_bcos/abi.h"
#include "verifier/ledgers/fisco_bcos/rlp.h"
#include "verifier/ledgers/fisco_bcos/transaction.h"

namespace {

namespace fisco = heyan::ledgers::fisco_bcos;
using heyan::core::Bytes;
using heyan::core::ByteView;

void require(bool condition) {
  if (!condition) std::abort();
}

constexpr std::size_t kMostItems = 64;

// The same bytes again, by the writer; lists no deeper than a stack allows.
Bytes write_again(const fisco::RlpItem& item, int depth) {
  if (!item.is_list) return fisco::encode_rlp_bytes(item.payload);
  const auto items = fisco::parse_rlp_items(item.payload, kMostItems);
  std::vector<Bytes> encoded;
  if (!items || depth == 0) {
    // Not well formed inside: only the frame is compared.
    encoded.push_back(heyan::core::to_bytes(item.payload));
  } else {
    for (const fisco::RlpItem& one : *items) encoded.push_back(write_again(one, depth - 1));
  }
  return fisco::encode_rlp_list(encoded);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView bytes{data, size};
  if (const auto items = fisco::parse_rlp_items(bytes, kMostItems)) {
    Bytes again;
    for (const fisco::RlpItem& item : *items) {
      const Bytes one = write_again(item, 8);
      again.insert(again.end(), one.begin(), one.end());
    }
    require(heyan::core::equal(again, bytes));
  }
  for (const auto crypto : {fisco::Crypto::kEcdsa, fisco::Crypto::kSm}) {
    const fisco::Form form{.generation = fisco::Generation::k2, .crypto = crypto};
    const auto transaction = fisco::parse_raw_transaction(bytes, form);
    if (!transaction) continue;
    require(heyan::core::equal(transaction->preimages.front(), bytes));
    require(transaction->signature.rs.size() == 64);
  }
  static const auto kMethod =
      fisco::Method::parse("m(string,uint8,bytes32,bytes,bool,int64,address)");
  if (const auto arguments = fisco::decode_arguments(*kMethod, bytes)) {
    require(arguments->size() == kMethod->types.size() && size % 32 == 0);
    for (const fisco::Argument& one : *arguments) (void)fisco::to_text(one);
  }
  (void)fisco::Method::parse(heyan::core::as_text(bytes));
  return 0;
}
