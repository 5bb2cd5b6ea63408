// The proof of sigsum-go's own tests, with the one cosignature that its policy needs; and as
// version 1, whose short checksum proves nothing.
#include "tests/unit/ledgers/sample.h"

namespace heyan::conformance::sigsum {
namespace {

constexpr std::string_view kTrust = R"([list]
id = "sigsum"
version = 1
issued = 2026-01-01T00:00:00Z
next_update = 2030-01-01T00:00:00Z

[[ledger]]
id = "log"
format = "sigsum"
name = { zh = "公开日志", en = "Public log" }
  [ledger.sigsum]
  policy = "policy"
  submit_keys = ["submit.pub"]
)";

const std::string kFolder = HEYAN_VECTORS "/tlogs/sigsum/go-unit-v2";
constexpr std::string_view kMessage =
    "2020202020202020202020202020202020202020202020202020666f6f2d340a";

Sample sample(const std::string& name) {
  Sample sample;
  sample.name = name;
  sample.ledger = "log";
  sample.trust_files["trust.toml"] = core::to_bytes(kTrust);
  sample.trust_files["policy"] = read_test_file(kFolder + ".policy");
  sample.trust_files["submit.pub"] = read_test_file(kFolder + ".keys");
  sample.item.set_id("E1");
  const std::string digest = core::to_string(core::from_hex(kMessage).value());
  auto& measured = *sample.measured.mutable_measured()->add_digests();
  measured.set_algorithm(v1::DIGEST_ALGORITHM_SHA_256);
  measured.set_first(digest);
  measured.set_second(digest);
  sample.proof = read_test_file(kFolder + ".proof");
  return sample;
}

Sample first_version() {
  Sample one = sample("version 1");
  std::string text = core::to_string(one.proof);
  constexpr std::string_view kVersion = "version=2";
  text.replace(0, kVersion.size(), "version=1");
  const std::size_t leaf = text.find("leaf=") + 5;
  text.insert(leaf, "0000 ");
  one.proof = core::to_bytes(std::string_view(text));
  // A digit that another bit makes another digit.
  one.is_unsigned = [leaf](std::size_t at) { return at >= leaf && at < leaf + 4; };
  return one;
}

}  // namespace

std::vector<Sample> samples() { return {sample("version 2"), first_version()}; }

}  // namespace heyan::conformance::sigsum
