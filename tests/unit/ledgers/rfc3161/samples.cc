// Tokens of an authority with an intermediate CA, on their own, without anything that nobody signs
// but two version numbers and the list of digest algorithms.
#include "tests/unit/ledgers/sample.h"
#include "verifier/crypto/digest.h"

namespace heyan::conformance::rfc3161 {
namespace {

constexpr std::string_view kTrust = R"([list]
id = "authorities"
version = 1
issued = 2026-01-01T00:00:00Z
next_update = 2030-01-01T00:00:00Z

[[institution]]
id = "tsa"
kind = "timestamp"
name = { zh = "时间戳机构", en = "Authority" }
  [[institution.ca]]
  file = "root.pem"

[[tsa]]
institution = "tsa"
class = "licensed-ca"
)";

const std::string kFolder = HEYAN_VECTORS "/timestamps/rfc3161/synthetic/";

}  // namespace

std::vector<Sample> samples() {
  Sample sample;
  sample.name = "a token";
  sample.format = "rfc3161";
  sample.trust_files["trust.toml"] = core::to_bytes(kTrust);
  sample.trust_files["root.pem"] = read_test_file(kFolder + "root.pem");
  sample.proof = read_test_file(kFolder + "ok-token-only.tst");
  const core::Bytes document = read_test_file(kFolder + "document.txt");
  v1::MeasuredDigest& digest = *sample.measured.mutable_measured()->add_digests();
  digest.set_algorithm(v1::DIGEST_ALGORITHM_SHA_256);
  digest.set_first(core::to_string(crypto::sha256(document)));
  digest.set_second(digest.first());
  // SignedData: its version, and the algorithms (each signer names its own). SignerInfo: its
  // version.
  sample.is_unsigned = [](std::size_t at) {
    return at == 25 || (at >= 28 && at < 43) || at == 1168;
  };
  return {std::move(sample)};
}

}  // namespace heyan::conformance::rfc3161
