// Attestations of operators on any bytes, with an engine that finds every signature good: never
// more than the tier allows.
#include <cstdlib>

#include "verifier/ledgers/zhixin/attest.h"
#include "verifier/trust/policy.h"

namespace {

namespace core = heyan::core;
namespace crypto = heyan::crypto;
namespace v1 = heyan::v1;
namespace zhixin = heyan::ledgers::zhixin;

void require(bool condition) {
  if (!condition) std::abort();
}

class Agreeable final : public crypto::Engine {
 public:
  std::string_view name() const override { return "agreeable"; }
  std::unique_ptr<crypto::Hasher> hasher(crypto::Hash hash) const override {
    return crypto::openssl_hasher(hash);
  }
  bool verify(const crypto::PublicKey&, const crypto::Scheme&, core::ByteView,
              core::ByteView) const override {
    return true;
  }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const core::ByteView input(data, size);
  const Agreeable engine;
  const core::Limits limits;
  crypto::SignatureChecker checker({&engine, &engine}, limits);
  const v1::CaseRecord record;
  const v1::Circumstances circumstances;
  const heyan::trust::TrustList trust;
  const heyan::trust::Policy policy = heyan::trust::default_policy();
  const heyan::Judging judging{record, circumstances, trust, policy, {}, checker, limits};
  zhixin::OperatorConfig config;
  config.user_id = "1234567812345678";
  config.algorithms = {v1::DIGEST_ALGORITHM_SM3, v1::DIGEST_ALGORITHM_SHA_256};
  const v1::Proof declared;
  const core::Bytes digest(32, 7);
  const auto attestation = zhixin::attest({&declared, input, digest}, {}, config, judging);
  require(attestation.has_value());
  require(attestation->tier() == v1::TIER_OPERATOR_ATTESTATION);
  require(!attestation->has_position() && !attestation->has_time());
  require(attestation->has_record() == (attestation->proof_outcome() == v1::PROOF_OUTCOME_ACCEPT));
  require(attestation->declared_size() <= 12);
  for (const auto& finding : attestation->findings())
    require(finding.outcome() != v1::OUTCOME_PASS);
  return 0;
}
