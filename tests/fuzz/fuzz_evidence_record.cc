// Evidence records on any bytes, with an engine that finds every signature good, so that the ways
// behind are reached, and without a single anchor: none may ever show a time.
#include <algorithm>
#include <array>
#include <cstdlib>

#include "verifier/ers/verification.h"
#include "verifier/ledgers/ledger.h"
#include "verifier/trust/policy.h"

namespace {

namespace crypto = heyan::crypto;
namespace ers = heyan::ers;
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

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView bytes{data, size};
  const ByteView head = bytes.first(std::min(size, heyan::ledgers::kHeadBytes));
  if (ers::read_record(bytes)) require(ers::looks_like_record(head) || size > head.size());
  const Agreeable engine;
  const heyan::core::Limits limits;
  crypto::SignatureChecker checker({&engine, &engine}, limits);
  const auto nobody = heyan::timestamps::authorities_of({});
  const auto evaluation =
      ers::evaluate(bytes,
                    {.authorities = nobody,
                     .hash_until = heyan::trust::default_policy().algorithm_until,
                     .at = heyan::core::from_unix_ms(0)},
                    checker, limits);
  require(evaluation.verdict >= heyan::timestamps::Verdict::kIndeterminate);
  const std::array document = {heyan::timestamps::Digests{
      {crypto::Hash::kSha256, crypto::sha256(bytes)},
      {crypto::Hash::kSha512, crypto::digest(crypto::Hash::kSha512, bytes)}}};
  const auto found = ers::verify(evaluation, document, {}, checker);
  require(!found.shows_time() && found.verdict >= evaluation.verdict && !found.names().empty());
  return 0;
}
