// Answers of nodes on any bytes. The first byte says of which kind of chain: for FISCO BCOS three
// lines of JSON-RPC follow, for ChainMaker one message.
#include <array>
#include <cstdlib>

#include "gateway/proof_fetch/chainmaker.h"
#include "gateway/proof_fetch/fisco_bcos.h"
#include "gateway/proof_fetch/json_rpc.h"
#include "verifier/ledgers/chainmaker/proof.h"
#include "verifier/ledgers/fisco_bcos/evaluation.h"

namespace {

namespace fetch = heyan::proof_fetch;
namespace fisco = heyan::ledgers::fisco_bcos;
using heyan::core::Bytes;
using heyan::core::ByteView;
using heyan::core::json::Value;

void require(bool condition) {
  if (!condition) std::abort();
}

std::string_view take_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

Bytes stated_hash(const Value& answer, bool second) {
  const Value* hash = answer.at(second ? "/transaction/hash" : "/hash");
  if (hash == nullptr || hash->as_string() == nullptr) return Bytes(32);
  return fisco::read_hex(*hash->as_string()).value_or(Bytes(32));
}

void read_fisco(unsigned kind, std::string_view text) {
  const bool second = (kind & 1) != 0;
  const heyan::ops::FiscoNode node{.version = second ? 2 : 3,
                                   .is_sm = (kind & 2) != 0,
                                   .chain_id = {},
                                   .group = second ? "1" : "group0",
                                   .name = {}};
  std::array<Value, 3> results;
  for (Value& result : results) {
    auto read = fetch::read_result(heyan::core::as_bytes(take_line(text)), 1, "answer");
    if (!read) return;
    result = *std::move(read);
  }
  const Bytes hash = stated_hash(results[0], second);
  const auto bundle = fetch::bundle_of(
      node, hash, {std::move(results[0]), std::move(results[1]), std::move(results[2])});
  if (!bundle) return;
  // What is written is read again.
  const fisco::Form form{.generation = second ? fisco::Generation::k2 : fisco::Generation::k3,
                         .crypto = node.is_sm ? fisco::Crypto::kSm : fisco::Crypto::kEcdsa};
  require(fisco::parse_proof(heyan::core::as_bytes(bundle->bytes), form, {}).has_value());
  require(fisco::looks_like_proof(heyan::core::as_bytes(bundle->bytes)));
  require(bundle->signatures > 0 && bundle->signatures <= bundle->signers);
}

void read_chainmaker(ByteView response) {
  const heyan::ops::ChainmakerNode node{.chain_id = "sm4",
                                        .hash = "SM3",
                                        .with_certificates = true,
                                        .org_id = {},
                                        .member_certificate = {},
                                        .member_key = {}};
  constexpr std::size_t kIdBytes = 64;
  const std::string id(heyan::core::as_text(response.first(std::min(kIdBytes, response.size()))));
  const auto bundle =
      fetch::bundle_of_block(node, id, response.subspan(std::min(kIdBytes, response.size())));
  if (!bundle) return;
  const auto proof =
      heyan::ledgers::chainmaker::parse_proof(heyan::core::as_bytes(bundle->bytes), {});
  require(proof.has_value() && proof->index == bundle->position);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const ByteView rest(data + 1, size - 1);
  constexpr unsigned kChainmaker = 4;
  const unsigned kind = data[0] % (kChainmaker + 1);
  if (kind == kChainmaker)
    read_chainmaker(rest);
  else
    read_fisco(kind, heyan::core::as_text(rest));
  return 0;
}
