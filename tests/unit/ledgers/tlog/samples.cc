// A log of bare digests, with just the cosignatures that its policy needs.
#include "tests/unit/ledgers/sample.h"
#include "tests/unit/tlog/court_log.h"
#include "verifier/crypto/digest.h"

namespace heyan::conformance::tlog {
namespace {

constexpr std::string_view kTrust = R"([list]
id = "tlog"
version = 1
issued = 2026-01-01T00:00:00Z
next_update = 2030-01-01T00:00:00Z

[[ledger]]
id = "court-log"
format = "tlog"
name = { zh = "司法日志", en = "Court log" }
  [ledger.tlog]
  policy = "policy.txt"
)";

constexpr std::uint64_t kSigned = 1'790'000'000;

Sample sample(const std::string& name, std::uint64_t size, std::uint64_t index) {
  test::CourtLog log("log.court.example/evidence", 3);
  for (std::uint64_t i = 0; i < size; ++i)
    log.append(crypto::sha256(core::as_bytes(std::to_string(i))));
  const auto digest = core::to_string(crypto::sha256(core::as_bytes(std::to_string(index))));
  const std::string policy = log.policy("group all 2 w0 w1 w2\nquorum all\n");
  Sample sample;
  sample.name = name;
  sample.ledger = "court-log";
  sample.trust_files["trust.toml"] = core::to_bytes(kTrust);
  sample.trust_files["policy.txt"] = core::to_bytes(std::string_view(policy));
  sample.item.set_id("E1");
  auto& measured = *sample.measured.mutable_measured()->add_digests();
  measured.set_algorithm(v1::DIGEST_ALGORITHM_SHA_256);
  measured.set_first(digest);
  measured.set_second(digest);
  const std::string proof = log.proof(index, {{0, kSigned}, {2, kSigned + 1}});
  sample.proof = core::to_bytes(std::string_view(proof));
  return sample;
}

}  // namespace

std::vector<Sample> samples() {
  return {sample("one entry", 1, 0), sample("first of seven", 7, 0),
          sample("last of three hundred", 300, 299)};
}

}  // namespace heyan::conformance::tlog
