// Time stamps on any bytes, with an engine that finds every signature good, so that the ways behind
// are reached, and without a single anchor: none may ever be valid.
#include <algorithm>
#include <cstdlib>

#include "verifier/ledgers/ledger.h"
#include "verifier/timestamps/verification.h"

namespace {

namespace timestamps = heyan::timestamps;
namespace crypto = heyan::crypto;
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
  (void)timestamps::looks_like_token(bytes.first(std::min(size, heyan::ledgers::kHeadBytes)));
  const auto envelope = timestamps::open_envelope(bytes);
  if (!envelope || envelope->token.empty()) return 0;
  require(!envelope->request && envelope->granted);
  const Agreeable engine;
  const heyan::core::Limits limits;
  crypto::SignatureChecker checker({&engine, &engine}, limits);
  const timestamps::Trust trust;
  const auto token = timestamps::read_token(envelope->token, trust, checker, limits);
  if (!token) return 0;
  const auto found =
      timestamps::verify(*token, trust, {}, {}, {heyan::core::from_unix_ms(0)}, checker, limits);
  require(found.verdict >= timestamps::Verdict::kIndeterminate && found.path.empty());
  require(!found.reasons.empty());
  return 0;
}
