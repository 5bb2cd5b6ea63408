// Proofs of FISCO BCOS on any bytes, under chains of both generations and both sets of algorithms,
// with an engine that finds every signature good, so that the ways behind are reached.
#include <array>
#include <cstdlib>

#include "verifier/ledgers/fisco_bcos/evaluation.h"
#include "verifier/ledgers/fisco_bcos/record.h"
#include "verifier/ledgers/ledger.h"

namespace {

namespace fisco = heyan::ledgers::fisco_bcos;
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
    return crypto::production_engines().first->hasher(hash);
  }
  bool verify(const crypto::PublicKey&, const crypto::Scheme&, ByteView, ByteView) const override {
    return true;
  }
};

// A chain without sealers at any height that a proof could name: nothing may ever be authenticated.
fisco::FiscoConfig chain(fisco::Generation generation, fisco::Crypto algorithms) {
  fisco::FiscoConfig config;
  config.form = {.generation = generation, .crypto = algorithms};
  config.contracts.emplace_back(fisco::kAddressBytes, std::uint8_t{0xdf});
  config.record.method = *fisco::Method::parse("storeEvidence(bytes32,string)");
  config.record.selector = *heyan::core::from_hex("87009863");
  config.places.digests.emplace("sm3", 1);
  return config;
}

const std::array<fisco::FiscoConfig, 4>& chains() {
  using fisco::Crypto;
  using fisco::Generation;
  static const std::array kChains = {
      chain(Generation::k2, Crypto::kSm), chain(Generation::k2, Crypto::kEcdsa),
      chain(Generation::k3, Crypto::kSm), chain(Generation::k3, Crypto::kEcdsa)};
  return kChains;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView bytes{data, size};
  const Agreeable engine;
  (void)fisco::looks_like_proof(bytes.first(std::min(size, heyan::ledgers::kHeadBytes)));
  for (const fisco::FiscoConfig& config : chains()) {
    crypto::SignatureChecker checker({&engine, &engine}, {});
    const auto evaluation = fisco::evaluate(bytes, config, checker, {});
    require(evaluation.has_value());
    require(!evaluation->header.authenticated() && !evaluation->holds());
    require(!evaluation->reasons.empty());
    if (evaluation->proof && evaluation->proof->transaction)
      (void)fisco::read_call(*evaluation->proof->transaction, config);
  }
  return 0;
}
