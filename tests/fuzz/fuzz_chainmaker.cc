// ChainMaker's readers on any bytes: proofs in both forms, whole blocks, what stands in them; and
// the checks behind with an engine that finds every signature good, so that all ways are reached.
#include <cstdlib>

#include "verifier/ledgers/chainmaker/merkle.h"
#include "verifier/ledgers/chainmaker/record.h"
#include "verifier/ledgers/chainmaker/transaction_check.h"
#include "verifier/ledgers/chainmaker/whole_block.h"

namespace {

namespace chainmaker = heyan::ledgers::chainmaker;
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
  explicit Bench(bool with_certificates) {
    config.chain_id = "sm4";
    config.with_certificates = with_certificates;
    chainmaker::Validator validator;
    validator.node_id = "QmaURVxmq3L1tHdMue7wQ1KfN83j1M1XLGgbAZw33NXBK3";
    validator.institution = "copyright";
    validator.org_id = "copyright.sm4.test";
    config.validators.push_back(validator);
    config.organisations["copyright.sm4.test"].institution = "copyright";
    config.places = *chainmaker::record_places({});
  }

  heyan::core::Limits limits;
  Agreeable engine;
  chainmaker::ChainmakerConfig config;
  crypto::SignatureChecker checker{{&engine, &engine}, limits};
  chainmaker::Verifier verifier{checker, config.hash, limits};
  chainmaker::KnownSigners signers_seen;
  chainmaker::KnownBlocks blocks_seen;
  chainmaker::Signers signers{config, verifier, {}, signers_seen};
};

void check(const chainmaker::Proof& proof, Bench& bench) {
  const auto block =
      chainmaker::check_block(proof.header, proof.vote_set, bench.signers, bench.blocks_seen);
  require(block->counted <= bench.config.validators.size());
  if (!block->header) {
    require(!block->reasons.empty());
    return;
  }
  const auto transaction = chainmaker::check_transaction(proof, *block, bench.signers);
  if (transaction.reasons.empty()) {
    require(transaction.transaction && transaction.hash.size() == block->hash.size());
    require(proof.index < block->header->tx_count);
  }
  if (const auto call = transaction.record_call())
    (void)chainmaker::read_record(*call, bench.config.places, bench.limits);
}

// What is canonical is put together again to the same bytes.
void read_transaction(ByteView bytes) {
  const auto transaction = chainmaker::parse_transaction(bytes);
  if (!transaction) return;
  require(heyan::core::equal(transaction->hashed(220), bytes));
  require(transaction->hashed(2300).size() <= bytes.size());
  const auto again = chainmaker::parse_transaction(transaction->hashed(2300));
  require(again.has_value() && again->endorsers.size() == transaction->endorsers.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView bytes{data, size};
  (void)chainmaker::looks_like_chainmaker(bytes);
  read_transaction(bytes);
  if (const auto header = chainmaker::parse_header(bytes))
    require(header->hashed().size() <= bytes.size());
  (void)chainmaker::parse_vote_set(bytes);
  (void)chainmaker::parse_rw_set(bytes);
  (void)chainmaker::parse_multi_sign(bytes);
  Bench bench(size % 2 == 0);
  if (const auto proof = chainmaker::parse_proof(bytes, bench.limits)) check(*proof, bench);
  const auto block = chainmaker::ReadBlock::read(bytes, bench.config.places, bench.verifier);
  if (!block) return 0;
  for (std::size_t i = 0; i < block->transactions() && i < 4; ++i) check(block->proof_of(i), bench);
  return 0;
}
