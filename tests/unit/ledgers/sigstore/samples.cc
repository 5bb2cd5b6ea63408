// A file's bundle in each version of Rekor.
#include "tests/unit/ledgers/sample.h"
#include "tests/unit/sigstore/rekor.h"

namespace heyan::conformance::sigstore {
namespace {

constexpr std::string_view kTrust = R"([list]
id = "sigstore"
version = 1
issued = 2026-01-01T00:00:00Z
next_update = 2030-01-01T00:00:00Z

[[institution]]
id = "platform"
kind = "platform"
name = { zh = "平台", en = "Platform" }

[[quorum]]
id = "alone"
at_least = 1
of = ["platform"]

[[ledger]]
id = "rekor"
format = "sigstore"
name = { zh = "签名日志", en = "Signature log" }
quorum = "alone"
  [ledger.sigstore]
  trusted_root = "root.json"
  operator = "platform"
  keys = ["depositor.pub"]
)";

Sample sample(const std::string& name, test::Rekor::Version version) {
  const test::Rekor rekor(version);
  Sample sample;
  sample.name = name;
  sample.ledger = "rekor";
  sample.trust_files["trust.toml"] = core::to_bytes(kTrust);
  sample.trust_files["root.json"] = core::to_bytes(std::string_view(rekor.trusted_root()));
  sample.trust_files["depositor.pub"] = core::to_bytes(std::string_view(rekor.key_pem()));
  sample.item.set_id("E1");
  auto& measured = *sample.measured.mutable_measured()->add_digests();
  measured.set_algorithm(v1::DIGEST_ALGORITHM_SHA_256);
  const std::string digest = core::to_string(crypto::sha256(core::as_bytes("evidence")));
  measured.set_first(digest);
  measured.set_second(digest);
  const std::string bundle = core::json::write_canonical(rekor.bundle("evidence"));
  sample.proof = core::to_bytes(std::string_view(bundle));
  sample.is_unsigned = [end = bundle.size()](std::size_t at) { return at == end; };
  return sample;
}

}  // namespace

std::vector<Sample> samples() {
  return {sample("version 1", test::Rekor::Version::kFirst),
          sample("version 2", test::Rekor::Version::kSecond)};
}

}  // namespace heyan::conformance::sigstore
