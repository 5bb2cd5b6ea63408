// A record of one stamp: a token of the vectors, of which nobody signs but two version numbers and
// the lists of digest algorithms.
#include "tests/unit/ledgers/sample.h"
#include "verifier/crypto/der.h"
#include "verifier/crypto/der_writer.h"
#include "verifier/crypto/digest.h"

namespace heyan::conformance::evidence_record {
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

core::Bytes sequence(core::ByteView content) {
  core::Bytes out;
  crypto::append_der(out, crypto::der::kSequence, content);
  return out;
}

core::Bytes record_of(core::ByteView token) {
  core::Bytes content = *core::from_hex("020101300f300d06096086480165030402010500");
  const core::Bytes chains = sequence(sequence(sequence(token)));
  content.insert(content.end(), chains.begin(), chains.end());
  return sequence(content);
}

}  // namespace

std::vector<Sample> samples() {
  Sample sample;
  sample.name = "a record of one stamp";
  sample.format = "evidence-record";
  sample.trust_files["trust.toml"] = core::to_bytes(kTrust);
  sample.trust_files["root.pem"] = read_test_file(kFolder + "root.pem");
  const core::Bytes token = read_test_file(kFolder + "ok-token-only.tst");
  sample.proof = record_of(token);
  const core::Bytes document = read_test_file(kFolder + "document.txt");
  v1::MeasuredDigest& digest = *sample.measured.mutable_measured()->add_digests();
  digest.set_algorithm(v1::DIGEST_ALGORITHM_SHA_256);
  digest.set_first(core::to_string(crypto::sha256(document)));
  digest.set_second(digest.first());
  // The record's list of algorithms (the stamp names its own). Of the token: SignedData's version
  // and algorithms, SignerInfo's version.
  const std::size_t before = sample.proof.size() - token.size();
  sample.is_unsigned = [before](std::size_t at) {
    if (at >= 9 && at < 24) return true;
    if (at < before) return false;
    const std::size_t within = at - before;
    return within == 25 || (within >= 28 && within < 43) || within == 1168;
  };
  return {std::move(sample)};
}

}  // namespace heyan::conformance::evidence_record
