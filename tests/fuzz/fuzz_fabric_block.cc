// Fabric's readers on any bytes: blocks and what stands in them, config trees and policies,
// questions and answers; and the judgement of a single block with an engine that finds every
// signature good, so that the ways behind are reached.
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

#include "verifier/ledgers/fabric/answers.h"
#include "verifier/ledgers/fabric/config_block.h"
#include "verifier/ledgers/fabric/config_chain.h"
#include "verifier/ledgers/fabric/proofs.h"
#include "verifier/ledgers/fabric/single.h"
#include "verifier/ledgers/fabric/state.h"

namespace {

namespace fabric = heyan::ledgers::fabric;
namespace crypto = heyan::crypto;
using heyan::core::Bytes;
using heyan::core::ByteView;

void require(bool condition) {
  if (!condition) std::abort();
}

class Agreeable final : public crypto::Engine {
 public:
  std::string_view name() const override { return "agreeable"; }
  std::unique_ptr<crypto::Hasher> hasher(crypto::Hash hash) const override {
    return crypto::openssl_hasher(hash);
  }
  bool verify(const crypto::PublicKey&, const crypto::Scheme&, ByteView, ByteView) const override {
    return true;
  }
};

struct Bench {
  Bench() {
    std::ifstream file(HEYAN_VECTORS "/fabric/raft-a/chain/block_000.pb", std::ios::binary);
    Bytes genesis{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    auto chain = fabric::ConfigChain::start(fabric::KeptBytes::own(std::move(genesis)),
                                            std::nullopt, "judicial-evidence", verifier);
    require(chain.has_value());
    configs = *std::move(chain);
    policy = *fabric::EndorsementPolicy::from_text(
        "OutOf(2,'CourtMSP.peer','NotaryMSP.peer','PlatformMSP.peer')");
  }

  heyan::core::Limits limits;
  Agreeable engine;
  fabric::Profile profile;
  crypto::SignatureChecker checker{{&engine, &engine}, limits};
  fabric::Verifier verifier{checker, profile, limits};
  fabric::ConfigChain configs;
  fabric::EndorsementPolicy policy;
};

Bench& bench() {
  static Bench instance;
  return instance;
}

// What is canonical can be read, and reading it gives all of it.
void read_entry(ByteView entry) {
  const auto envelope = fabric::parse_envelope(entry);
  if (fabric::is_canonical_envelope(entry)) {
    require(envelope.has_value() && !envelope->payload.empty() && !envelope->signature.empty());
    require(envelope->payload.size() + envelope->signature.size() < entry.size());
  }
  const fabric::ParsedTransaction transaction = fabric::parse_transaction(entry);
  if (transaction.rwset.namespaces.empty()) return;
  fabric::State state;
  (void)state.reads_hold(transaction.rwset);
  state.update(transaction.rwset, {1, 0});
  (void)state.encode_updates();
  state.commit();
}

void read_block(const fabric::Block& block) {
  const Bytes header = fabric::encode_header(block.header);
  require(header.size() >= block.header.data_hash.size() + block.header.previous_hash.size());
  for (const ByteView entry : block.entries) read_entry(entry);
  if (const auto content = fabric::parse_config_block(block)) {
    if (const auto tree = fabric::parse_config_tree(content->channel_group, bench().limits)) {
      const auto again = fabric::reachable(*tree);
      require(again.has_value() && *again == *tree);
    }
    (void)fabric::parse_config_update(content->last_update);
  }
}

void judge_block(const fabric::Block& block) {
  crypto::SignatureChecker checker({&bench().engine, &bench().engine}, bench().limits);
  fabric::Verifier verifier(checker, bench().profile, bench().limits);
  fabric::Identities identities(verifier);
  const fabric::Block* const copy = &block;
  const fabric::SingleQuestion question{.copies = {&copy, 1},
                                        .chaincode = "evidence",
                                        .key = "EV-2026-0008",
                                        .transaction = {},
                                        .policy = &bench().policy,
                                        .min_orderer_orgs = 1};
  const fabric::SingleAnswer answer = fabric::judge_single(question, bench().configs, identities);
  if (!answer.ordering.authenticated) require(answer.value.empty() && !answer.reasons.empty());
  if (fabric::outcome(answer.reasons) == heyan::v1::PROOF_OUTCOME_ACCEPT) {
    require(answer.code == fabric::kValid && answer.endorsing_msps.size() >= 2);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView bytes{data, size};
  (void)fabric::looks_like_fabric(bytes);
  (void)fabric::SignaturePolicy::parse(bytes, bench().limits);
  (void)fabric::SignaturePolicy::from_text(heyan::core::as_text(bytes));
  (void)fabric::EndorsementPolicy::from_definition(bytes, bench().limits);
  (void)fabric::Msp::parse(bytes, bench().verifier);
  (void)fabric::parse_record(bytes, "EV-1", {}, bench().limits);
  if (const auto question = fabric::parse_signed_question(bytes)) {
    (void)fabric::question_hash(*question, bench().verifier);
  }
  (void)fabric::parse_signed_reply(bytes);
  if (const auto block = fabric::parse_block(bytes, bench().limits)) {
    read_block(*block);
    judge_block(*block);
  }
  return 0;
}
