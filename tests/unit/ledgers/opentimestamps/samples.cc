// Proofs into real blocks, under a trust list that keeps those blocks' headers. No way in them
// doubles the last of a level, where what is appended equals what it is appended to.
#include "tests/unit/ledgers/sample.h"

namespace heyan::conformance::opentimestamps {
namespace {

constexpr std::string_view kTrust = R"([list]
id = "bitcoin"
version = 1
issued = 2026-01-01T00:00:00Z
next_update = 2030-01-01T00:00:00Z

[[ledger]]
id = "bitcoin"
format = "opentimestamps"
name = { zh = "比特币", en = "Bitcoin" }
  [ledger.opentimestamps]
  headers = "headers.tsv"
  checkpoints = "checkpoints.tsv"
)";

const std::string kFolder = HEYAN_VECTORS "/timestamps/";

Sample sample(const std::string& proof, const std::string& height) {
  Sample sample;
  sample.name = proof;
  sample.ledger = "bitcoin";
  const auto header = read_test_file(kFolder + "ots/headers/" + height + ".hdr");
  const std::string table = height + "\t" + core::to_hex(header) + "\n";
  sample.trust_files["trust.toml"] = core::to_bytes(kTrust);
  sample.trust_files["headers.tsv"] = core::to_bytes(std::string_view(table));
  sample.trust_files["checkpoints.tsv"] = read_test_file(kFolder + "btc-headers/checkpoints.tsv");
  sample.proof = read_test_file(kFolder + "ots/" + proof + ".ots");
  return sample;
}

}  // namespace

std::vector<Sample> samples() {
  return {sample("tx-227835.bin", "227835"), sample("empty-383616.dat", "383616")};
}

}  // namespace heyan::conformance::opentimestamps
