// The same inputs give the same bytes: whatever the locale, time zone, threads, order on disk, way
// in, and compiler.
#include <gmock/gmock.h>

#include <fstream>

#include "tests/functional/sample_case.h"

namespace heyan::functional {
namespace {

std::string payload(const std::string& path, std::map<std::string, std::string> environment = {},
                    std::vector<std::string> more = {}, const std::string& folder = {}) {
  std::vector<std::string> arguments = {HEYAN_BINARY,     "verify",       path,
                                        "--trust",        sample_trust(), "--at",
                                        std::string(kAt), "--format",     "json"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  const Outcome outcome = run({.arguments = arguments,
                               .environment = std::move(environment),
                               .folder = folder,
                               .input = {}});
  EXPECT_EQ(outcome.status, 10) << outcome.err;
  return outcome.out;
}

std::string sample() { return sample_folder() + "/case"; }

// One digest for every compiler, build type and machine. After a change of what reports say, put
// the new one into the file.
TEST(Determinism, GivesTheCommittedDigest) {
  std::ifstream in(HEYAN_SOURCE "/tests/functional/sample_payload.sha256");
  std::string committed;
  in >> committed;
  EXPECT_EQ(sha256_hex(payload(sample())), committed);
}

TEST(Determinism, HeedsNeitherLocaleNorTimeZone) {
  const std::string usual = payload(sample());
  for (const char* locale : {"C", "C.utf8", "zh_CN.UTF-8", "tr_TR.UTF-8", "de_DE.UTF-8"}) {
    for (const char* zone : {"UTC", "Asia/Shanghai", "America/St_Johns", "XXX-14"}) {
      EXPECT_EQ(payload(sample(), {{"LC_ALL", locale}, {"LANG", locale}, {"TZ", zone}}), usual)
          << locale << " " << zone;
    }
  }
}

TEST(Determinism, HeedsNoNumberOfThreads) {
  const std::string usual = payload(sample());
  for (const char* threads : {"1", "2", "3", "16"}) {
    EXPECT_EQ(payload(sample(), {}, {"--threads", threads}), usual) << threads;
    const Json array = Json::parse(
        payload(sample(), {}, {"--threads", threads, sample(), sample(), sample(), sample()}));
    ASSERT_EQ(array.size(), 5u);
    for (const Json& one : array) EXPECT_EQ(one.dump(), usual) << threads;
  }
}

TEST(Determinism, HeedsNoOrderOnDisk) {
  const TemporaryFolder folder;
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(sample())) {
    if (entry.is_regular_file()) files.push_back(std::filesystem::relative(entry.path(), sample()));
  }
  std::ranges::sort(files, std::greater<>());
  for (const auto& file : files) {
    const std::filesystem::path target = std::filesystem::path(folder / "other name") / file;
    std::filesystem::create_directories(target.parent_path());
    std::filesystem::copy_file(std::filesystem::path(sample()) / file, target);
  }
  EXPECT_EQ(payload(folder / "other name"), payload(sample()));
}

TEST(Determinism, HeedsNoWayToTheCase) {
  EXPECT_EQ(payload("case", {}, {}, sample_folder()), payload(sample()));
  EXPECT_EQ(payload(sample() + "/../case/"), payload(sample()));
}

TEST(Determinism, HeedsNoWhiteSpaceInCaseJson) {
  SampleCase copy;
  copy.save_text(copy.document.dump());
  const std::string compact = payload(copy.path());
  copy.save_text(copy.document.dump(4));
  EXPECT_EQ(payload(copy.path()), compact);
  EXPECT_EQ(compact, payload(sample()));
}

// Another order in case.json is another submission, but not another conclusion.
TEST(Determinism, HeedsNoOrderOfProofs) {
  SampleCase copy;
  copy.keep_only("E1");
  const std::string answers = HEYAN_VECTORS "/fabric/raft-a/attest/467d7181ebe198bd.";
  Json proofs = copy.item("E1")["proofs"];
  for (const char* who : {"court", "notary", "copyright", "platform"}) {
    for (const char* kind : {".signed_proposal.pb", ".proposal_response.pb"}) {
      const std::string name = std::string("proofs/") + who + kind;
      copy.write(name, read_file(answers + who + kind));
      proofs.push_back({{"format", "fabric"}, {"ledger", "judicial-fabric"}, {"path", name}});
    }
  }
  copy.item("E1")["proofs"] = proofs;
  copy.save();
  const Json forward = item_of(verified(copy.path(), 0), "E1");
  std::reverse(proofs.begin(), proofs.end());
  copy.item("E1")["proofs"] = proofs;
  copy.save();
  const Json backward = item_of(verified(copy.path(), 0), "E1");
  for (const char* part : {"verdict", "checks", "reasons", "file"}) {
    EXPECT_EQ(forward[part], backward[part]) << part;
  }
  EXPECT_EQ(forward["attestations"][0]["quorum"], backward["attestations"][0]["quorum"]);
  EXPECT_EQ(forward["attestations"][0]["record"], backward["attestations"][0]["record"]);
}

}  // namespace
}  // namespace heyan::functional
