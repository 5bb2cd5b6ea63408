// From the answers to a bundle that holds by the chain's own rules.
#include <fmt/format.h>

#include <algorithm>

#include "gateway/proof_fetch/fisco_bcos.h"
#include "verifier/ledgers/answers.h"
#include "verifier/ledgers/fisco_bcos/evaluation.h"

namespace heyan::proof_fetch {
namespace {

namespace fisco = ledgers::fisco_bcos;
using core::json::Value;
using fisco::Reason;

constexpr std::string_view kSchema = "heyan.fisco-proof.v1";

// A block's other transactions are strangers'.
Value without_transactions(const Value& header) {
  if (header.as_object() == nullptr) return header;
  Value kept(Value::Object{});
  for (const auto& [name, value] : *header.as_object()) {
    if (name != "transactions") kept.set(name, value);
  }
  return kept;
}

void take(const Value& from, std::string_view member, std::string_view as, Value& proof) {
  if (const Value* value = from.find(member)) proof.set(as, *value);
}

// `schema` stands first: by it a proof is recognised.
std::string encode(const ops::FiscoNode& node, const FiscoAnswers& answers) {
  Value proof(Value::Object{});
  proof.set("block_header", without_transactions(answers.header));
  if (node.version == 2) {
    take(answers.transaction, "transaction", "transaction", proof);
    take(answers.transaction, "txProof", "tx_proof", proof);
    take(answers.receipt, "transactionReceipt", "receipt", proof);
    take(answers.receipt, "receiptProof", "receipt_proof", proof);
  } else {
    proof.set("transaction", answers.transaction);
    proof.set("receipt", answers.receipt);
  }
  return fmt::format("{{\"schema\":\"{}\",", kSchema) +
         core::json::write_canonical(proof).substr(1) + "\n";
}

fisco::Form form_of(const ops::FiscoNode& node) {
  return {.generation = node.version == 2 ? fisco::Generation::k2 : fisco::Generation::k3,
          .crypto = node.is_sm ? fisco::Crypto::kSm : fisco::Crypto::kEcdsa};
}

std::optional<std::string> if_any(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

// The chain as the block itself describes it. That it is consistent with itself says nothing of who
// the sealers are.
std::optional<fisco::FiscoConfig> config_by_own_word(const ops::FiscoNode& node,
                                                     const fisco::Header& header) {
  fisco::FiscoConfig config;
  config.form = form_of(node);
  config.chain_id = if_any(node.chain_id);
  config.group_id = node.group;
  for (std::size_t i = 0; i < header.sealers.size(); ++i) {
    core::Bytes point{0x04};
    point.insert(point.end(), header.sealers[i].begin(), header.sealers[i].end());
    auto key = crypto::PublicKey::from_point(
        node.is_sm ? crypto::KeyAlgorithm::kSm2 : crypto::KeyAlgorithm::kSecp256k1, point);
    if (!key) return std::nullopt;
    config.sealers.push_back({.node_id = header.sealers[i],
                              .key = *std::move(key),
                              .institution = {},
                              .weight = header.weights[i],
                              .heights = {}});
  }
  return config;
}

Refusal unread(const core::Error& error) {
  if (error.code == core::ErrorCode::kUnsupported) {
    return unusable(fmt::format("this form is not verified here ({})", error.text),
                    "Nothing was written. docs/fisco-bcos.md lists what is not supported.");
  }
  if (error.text == "signatureList") {
    return unusable("the block header came without its list of signatures",
                    "Nothing was written. The node must be of 2.6 or later, or 3.0 or later.");
  }
  return unusable(fmt::format("the reader of proofs stops at {}", error.text));
}

std::string names_of(const fisco::Reasons& reasons) {
  return fmt::format("{}", fmt::join(ledgers::sorted_names(reasons), ", "));
}

OrRefusal<void> check(const fisco::Evaluation& evaluation, core::ByteView hash) {
  if (!core::equal(evaluation.transaction.hash, hash))
    return std::unexpected(unusable("they are about another transaction than the one asked for"));
  fisco::Reasons reasons = evaluation.reasons;
  reasons.erase(Reason::kTxFailed);  // said, and written: that it failed is what the chain holds
  reasons.erase(Reason::kBadSignature);  // of single sealers, where enough others signed
  if (reasons.empty()) return {};
  if (reasons.contains(Reason::kChainMismatch)) {
    return std::unexpected(unusable("they are of another chain or group",
                                    "Nothing was written. Check chain_id and group of the entry."));
  }
  if (reasons == fisco::Reasons{Reason::kNoQuorum}) {
    return std::unexpected(unusable(
        "the block header came with fewer signatures than its own sealers must give (NO_QUORUM)"));
  }
  return std::unexpected(unusable("they do not hold together: " + names_of(reasons)));
}

}  // namespace

OrRefusal<Bundle> bundle_of(const ops::FiscoNode& node, core::ByteView hash,
                            const FiscoAnswers& answers) {
  const core::Limits limits;
  std::string bytes = encode(node, answers);
  const auto proof = fisco::parse_proof(core::as_bytes(bytes), form_of(node), limits);
  if (!proof) return std::unexpected(unread(proof.error()));
  const auto config = config_by_own_word(node, proof->header);
  if (!config) return std::unexpected(unusable("a sealer's node id is no key of this chain"));
  crypto::SignatureChecker checker(crypto::production_engines(), limits);
  const auto evaluation = fisco::evaluate(core::as_bytes(bytes), *config, checker, limits);
  if (!evaluation)
    return std::unexpected(intake::refusal_of(evaluation.error(), "checking the answers", ""));
  HEYAN_CHECK_OK(check(*evaluation, hash));
  const auto good = std::ranges::count_if(evaluation->header.signatures, &fisco::SealerCheck::good);
  return Bundle{.bytes = std::move(bytes),
                .format = "fisco-bcos",
                .block = proof->header.number,
                .position = evaluation->transaction.position.value_or(0),
                .signatures = static_cast<std::size_t>(good),
                .signers = proof->header.sealers.size(),
                .succeeded = !evaluation->reasons.contains(Reason::kTxFailed)};
}

}  // namespace heyan::proof_fetch
