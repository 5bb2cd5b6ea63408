// A record that an application claims, in the service's answer; and a receipt whose claims digest
// is the file's own.
#include "tests/unit/ccf/service.h"
#include "tests/unit/ledgers/sample.h"

namespace heyan::conformance::ccf {
namespace {

constexpr std::string_view kTrust = R"([list]
id = "ccf"
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
id = "ledger"
format = "ccf"
name = { zh = "机密账本", en = "Confidential ledger" }
quorum = "alone"
  [ledger.ccf]
  service_certificate = "service.pem"
  operator = "platform"
)";

Sample sample(const std::string& name, const std::string& lines, const std::string& service) {
  Sample sample;
  sample.name = name;
  sample.ledger = "ledger";
  sample.trust_files["trust.toml"] = core::to_bytes(std::string(kTrust) + lines);
  sample.trust_files["service.pem"] = core::to_bytes(std::string_view(service));
  sample.item.set_id("E1");
  auto& measured = *sample.measured.mutable_measured()->add_digests();
  measured.set_algorithm(v1::DIGEST_ALGORITHM_SHA_256);
  const std::string digest = core::to_string(crypto::sha256(core::as_bytes("evidence")));
  measured.set_first(digest);
  measured.set_second(digest);
  return sample;
}

void set_proof(const core::json::Value& value, Sample& sample) {
  sample.proof = core::to_bytes(std::string_view(core::json::write_canonical(value)));
  sample.is_unsigned = [end = sample.proof.size()](std::size_t at) { return at == end; };
}

}  // namespace

std::vector<Sample> samples() {
  test::CcfService service;
  const core::Bytes digest = crypto::sha256(core::as_bytes("evidence"));
  Sample record = sample("a record in the claims", "", service.service_pem());
  set_proof(service.answer("{\"sha256\":\"" + core::to_hex(digest) + "\"}"), record);
  Sample bare = sample("the file's own digest", "  claims = \"file\"\n", service.renew());
  set_proof(service.receipt(digest), bare);
  return {record, bare};
}

}  // namespace heyan::conformance::ccf
