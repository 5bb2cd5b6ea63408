// Proofs of chains made by ChainMaker's own code: SM2 certificates as JSON, P-256 as protobuf,
// public keys. Each with exactly the votes that are needed, without what a vote set repeats and
// nobody signs, and where gas is part of the hash.
#include "tests/unit/ledgers/sample.h"
#include "tests/vectors/chainmaker_bundle.h"
#include "verifier/ledgers/chainmaker/wire_rules.h"

namespace heyan::conformance::chainmaker {
namespace {

using core::json::Value;
using ledgers::chainmaker::put_bytes;
using ledgers::chainmaker::put_message;
using ledgers::chainmaker::put_number;
using vectors::chainmaker::list_at;
using vectors::chainmaker::text_at;

constexpr std::string_view kVotes = "TBFTAddtionalDataKey";

core::Bytes base64_at(const Value& bundle, const std::string& pointer) {
  return *core::from_base64(text_at(bundle, pointer));
}

// Without sum, maj23 and the second copy of the votes.
core::Bytes signed_votes(const Value& bundle) {
  return ledgers::chainmaker::without(base64_at(bundle, "/proof/extra_data/" + std::string(kVotes)),
                                      {4, 5, 7});
}

core::Bytes as_json(const Value& bundle) {
  Value extra{Value::Object{}};
  extra.set(kVotes, core::to_base64(signed_votes(bundle)));
  Value proof{Value::Object{}};
  proof.set("schema", "heyan.chainmaker-proof.v1");
  proof.set("extra_data", std::move(extra));
  for (const char* name : {"block_header_pb", "tx_pb", "tx_index", "merkle_path", "rw_set_pb"})
    proof.set(name, *bundle.at("/proof/" + std::string(name)));
  return core::to_bytes(std::string_view(core::json::write_canonical(proof)));
}

core::Bytes as_protobuf(const Value& bundle) {
  core::Bytes entry;
  put_message(entry, 1, core::as_bytes(kVotes));
  put_message(entry, 2, signed_votes(bundle));
  core::Bytes proof;
  put_bytes(proof, 1, base64_at(bundle, "/proof/block_header_pb"));
  put_message(proof, 2, entry);
  put_bytes(proof, 3, base64_at(bundle, "/proof/tx_pb"));
  put_number(proof, 4, static_cast<std::uint64_t>(*bundle.at("/proof/tx_index")->as_integer()));
  for (const Value& one : list_at(bundle, "/proof/merkle_path"))
    put_message(proof, 5, *core::from_hex(*one.as_string()));
  return proof;
}

// What may change in the JSON form: white space behind it, and the white space behind the
// certificate of a vote, which no signature covers. Four characters of base64 hold three bytes.
bool is_free_in_json(const core::Bytes& json, const core::Bytes& votes, std::size_t at) {
  if (at >= json.size()) return true;
  const std::string_view text = core::as_text(json);
  const std::size_t start = text.find(core::to_base64(votes));
  if (at < start) return false;
  const std::size_t byte = (at - start) / 4 * 3;
  if (byte >= votes.size()) return false;
  constexpr std::string_view kEnd = "-----END CERTIFICATE-----";
  const std::string_view before = core::as_text(votes).substr(0, byte + 3);
  const std::size_t end = before.rfind(kEnd);
  return end != std::string_view::npos && end + kEnd.size() + 3 >= byte;
}

Sample sample_of(const std::string& name, core::Bytes (*encode)(const Value& bundle)) {
  const auto bytes =
      read_test_file(std::string(HEYAN_VECTORS) + "/chains-cn/chainmaker/" + name + ".json");
  const Value bundle = *core::json::parse(bytes, {});
  Sample sample;
  sample.name = name;
  sample.ledger = "chain";
  sample.trust_files = vectors::chainmaker::TrustFiles(bundle, Value(Value::Object{})).write();
  sample.item.set_id("E1");
  sample.proof = encode(bundle);
  if (encode == as_json) {
    sample.is_unsigned = [json = sample.proof, votes = signed_votes(bundle)](std::size_t at) {
      return is_free_in_json(json, votes, at);
    };
  }
  return sample;
}

}  // namespace

std::vector<Sample> samples() {
  return {sample_of("cm-v09-version220-gas-kept", as_json),
          sample_of("cm-v05-p256-7orgs-5of7", as_protobuf),
          sample_of("cm-v06-pk-sm2-2tx", as_protobuf)};
}

}  // namespace heyan::conformance::chainmaker
