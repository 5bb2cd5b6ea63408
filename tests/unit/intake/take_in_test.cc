#include "gateway/intake/take_in.h"

#include <gmock/gmock.h>

#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include "tests/unit/os/temporary_folder.h"
#include "verifier/crypto/digest.h"

namespace heyan::intake {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

std::string to_text(const Refusal& refusal) {
  std::string text = refusal.what;
  for (const contents::Defect& defect : refusal.defects)
    text += "\n" + defect.pointer + ": " + defect.detail;
  return text;
}

// A case in memory that counts how often each file is read.
class MemoryCase final : public CaseSource {
 public:
  std::map<std::string, std::string, std::less<>> files;
  std::map<std::string, int, std::less<>> reads;
  std::string changing;  // the path of a file that somebody writes to

  core::Result<std::uint64_t> size_of(std::string_view path) override {
    const auto found = files.find(path);
    if (found == files.end()) return core::fail(core::ErrorCode::kNotFound, "not there");
    return found->second.size();
  }
  core::Result<os::FileReading> read(std::string_view path, os::ByteSink& sink) override {
    ++reads[std::string(path)];
    const auto found = files.find(path);
    if (found == files.end()) return core::fail(core::ErrorCode::kNotFound, "not there");
    std::string_view rest = found->second;
    while (!rest.empty()) {
      const auto space = sink.space();
      const std::size_t count = std::min(space.size(), rest.size());
      std::copy_n(rest.begin(), count, space.begin());
      HEYAN_CHECK_OK(sink.commit(count));
      rest.remove_prefix(count);
    }
    return os::FileReading{.size = found->second.size(), .changed = path == changing};
  }
  core::Result<os::OpenFile> open(std::string_view) override {
    return core::fail(core::ErrorCode::kUnsupported, "it is in memory");
  }
};

IntakeOptions options() {
  return {.limits = {}, .hashes = {}, .threads = 1, .expect = {}, .advance = {}};
}

constexpr std::string_view kTwoItems =
    R"({"schema":"heyan.submission.v1","evidence":[
  {"id":"A","file":{"path":"a.txt","digests":{"sha-512":")"
    "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feeb"
    "bd"
    R"(454d4423643ce80e2a9ac94fa54ca49f"}},"proofs":[{"path":"p1"},{"path":"p2"}]},
  {"id":"B","file":{"path":"b.txt"},"proofs":[{"path":"p2"},{"path":"p3"}]}]})";

MemoryCase two_items() {
  MemoryCase source;
  source.files = {{"case.json", std::string(kTwoItems)},
                  {"a.txt", "abc"},
                  {"b.txt", "other"},
                  {"p1", "proof one"},
                  {"p2", "proof two"},
                  {"p3", "proof one"}};
  return source;
}

std::string sha256(std::string_view text) {
  return core::to_string(crypto::sha256(core::as_bytes(text)));
}

TEST(Intake, MeasuresEveryFileAndKeepsEveryProofOnce) {
  MemoryCase source = two_items();
  const auto record = take_in(source, options());
  ASSERT_TRUE(record.has_value()) << to_text(record.error());
  ASSERT_EQ(record->items_size(), 2);
  EXPECT_EQ(record->items(0).id(), "A");
  EXPECT_EQ(record->items(0).measured().size(), 3u);
  EXPECT_THAT(record->items(0).proofs(), ElementsAre(sha256("proof one"), sha256("proof two")));
  EXPECT_THAT(record->items(1).proofs(), ElementsAre(sha256("proof two"), sha256("proof one")));
  ASSERT_EQ(record->proofs_size(), 2);
  EXPECT_LT(record->proofs(0).sha256(), record->proofs(1).sha256());
  for (const auto& proof : record->proofs()) EXPECT_EQ(proof.sha256(), sha256(proof.content()));
  EXPECT_EQ(source.reads["p2"], 1);
}

TEST(Intake, ComputesTheDigestsThatSomebodyNames) {
  MemoryCase source = two_items();
  IntakeOptions wanted = options();
  wanted.hashes = {crypto::Hash::kSha1};
  const auto record = take_in(source, wanted);
  ASSERT_TRUE(record.has_value());
  std::vector<int> algorithms;
  for (const auto& digest : record->items(0).measured().digests()) {
    algorithms.push_back(digest.algorithm());
    EXPECT_EQ(digest.first(), digest.second());
  }
  EXPECT_THAT(algorithms, ElementsAre(v1::DIGEST_ALGORITHM_SHA_256, v1::DIGEST_ALGORITHM_SHA_512,
                                      v1::DIGEST_ALGORITHM_SM3, v1::DIGEST_ALGORITHM_SHA_1));
  EXPECT_EQ(record->items(1).measured().digests_size(), 3);  // SHA-512 was declared for A alone
}

std::string vector_file(const std::string& name) {
  std::ifstream in(HEYAN_VECTORS "/timestamps/" + name, std::ios::binary);
  EXPECT_TRUE(in.good()) << name;
  return {std::istreambuf_iterator<char>(in), {}};
}

std::set<int> algorithms_with_proof(const std::string& proof) {
  MemoryCase source = two_items();
  source.files["p1"] = proof;
  const auto record = take_in(source, options());
  EXPECT_TRUE(record.has_value());
  std::set<int> algorithms;
  if (!record) return algorithms;
  EXPECT_EQ(record->items(1).measured().digests_size(), 2);  // B has no such proof
  for (const auto& digest : record->items(0).measured().digests()) {
    algorithms.insert(digest.algorithm());
    EXPECT_EQ(digest.first(), digest.second());
  }
  for (const int always :
       {v1::DIGEST_ALGORITHM_SHA_256, v1::DIGEST_ALGORITHM_SHA_512, v1::DIGEST_ALGORITHM_SM3})
    EXPECT_EQ(algorithms.erase(always), 1u);
  return algorithms;
}

TEST(Intake, ComputesTheDigestsThatProofsName) {
  const std::string record = vector_file("ers/1_0_Initial.er");
  EXPECT_THAT(algorithms_with_proof(record), ElementsAre(v1::DIGEST_ALGORITHM_SHA_224));
  EXPECT_THAT(algorithms_with_proof(vector_file("rfc3161/real/sigstage-sha384.tsr")),
              ElementsAre(v1::DIGEST_ALGORITHM_SHA_384));
  // An OpenTimestamps proof over a SHA-1: after 32 bytes of head the algorithm and the digest.
  std::string old = vector_file("ots/examples/hello-world.txt.ots");
  old.replace(32, 33, "\x02" + std::string(20, 'd'));
  EXPECT_THAT(algorithms_with_proof(old), ElementsAre(v1::DIGEST_ALGORITHM_SHA_1));
  // What cannot be read names nothing, and the case is taken in all the same.
  EXPECT_THAT(algorithms_with_proof(record.substr(0, record.size() - 1)), IsEmpty());
  EXPECT_THAT(algorithms_with_proof(record + "x"), IsEmpty());
}

TEST(Intake, DerivesTheSameSecretsFromTheSameCase) {
  MemoryCase source = two_items();
  MemoryCase again = two_items();
  const auto first = take_in(source, options());
  const auto second = take_in(again, options());
  ASSERT_TRUE(first.has_value() && second.has_value());
  EXPECT_THAT(first->nonce(), SizeIs(32));
  EXPECT_THAT(first->salt_key(), SizeIs(32));
  EXPECT_NE(first->nonce(), first->salt_key());
  EXPECT_EQ(first->SerializeAsString(), second->SerializeAsString());
  for (const char* file : {"a.txt", "p1"}) {
    MemoryCase other = two_items();
    other.files[file] += "x";
    const auto third = take_in(other, options());
    ASSERT_TRUE(third.has_value());
    EXPECT_NE(third->nonce(), first->nonce()) << file;
    EXPECT_NE(third->salt_key(), first->salt_key()) << file;
  }
}

TEST(Intake, NamesEveryMissingFileBeforeItReadsAny) {
  MemoryCase source = two_items();
  source.files.erase("a.txt");
  source.files.erase("p3");
  const auto record = take_in(source, options());
  ASSERT_FALSE(record.has_value());
  EXPECT_EQ(record.error().code, core::ErrorCode::kNotFound);
  ASSERT_THAT(record.error().defects, SizeIs(2));
  EXPECT_EQ(record.error().defects[0].pointer, "/evidence/0/file/path");
  EXPECT_EQ(record.error().defects[0].code, "missing-file");
  EXPECT_EQ(record.error().defects[1].pointer, "/evidence/1/proofs/1/path");
  EXPECT_EQ(source.reads.count("b.txt"), 0u);
}

TEST(Intake, TellsAChangingFileFromAChangingProof) {
  MemoryCase source = two_items();
  source.changing = "b.txt";
  const auto record = take_in(source, options());
  ASSERT_TRUE(record.has_value());
  EXPECT_EQ(record->items(0).measured().outcome(), v1::MEASURE_OUTCOME_DONE);
  EXPECT_EQ(record->items(1).measured().outcome(), v1::MEASURE_OUTCOME_CHANGED_WHILE_READING);
  EXPECT_THAT(record->items(1).measured().digests(), IsEmpty());
  source.changing = "p1";
  const auto refused = take_in(source, options());
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().defects.at(0).pointer, "/evidence/0/proofs/0/path");
  EXPECT_EQ(refused.error().defects.at(0).code, "changed");
}

TEST(Intake, HoldsEachLimit) {
  const auto refusal = [](auto&& lower) {
    MemoryCase source = two_items();
    IntakeOptions limited = options();
    lower(limited.limits);
    const auto record = take_in(source, limited);
    EXPECT_FALSE(record.has_value());
    return record ? std::string() : to_text(record.error());
  };
  EXPECT_THAT(refusal([](auto& l) { l.file_bytes = 2; }),
              testing::HasSubstr("/evidence/0/file/path"));
  EXPECT_THAT(refusal([](auto& l) { l.proof_bytes = 8; }),
              testing::HasSubstr("/evidence/0/proofs/0"));
  EXPECT_THAT(refusal([](auto& l) { l.proof_bytes_total = 17; }),
              testing::HasSubstr("/evidence/0/proofs/1"));
  EXPECT_THAT(refusal([](auto& l) { l.json_bytes = 10; }), testing::HasSubstr("case.json"));
  EXPECT_THAT(refusal([](auto& l) { l.items = 1; }), testing::HasSubstr("/evidence"));
}

// The third proof's bytes are those of the first.
TEST(Intake, WhatIsThereAlreadyTakesNoRoom) {
  MemoryCase source = two_items();
  IntakeOptions limited = options();
  limited.limits.proof_bytes_total = 18;
  const auto record = take_in(source, limited);
  ASSERT_TRUE(record.has_value()) << to_text(record.error());
  EXPECT_THAT(record->proofs(), SizeIs(2));
}

TEST(Intake, SaysWhatItIsGoingToRead) {
  MemoryCase source = two_items();
  std::uint64_t expected = 0;
  std::uint64_t read = 0;
  IntakeOptions counting = options();
  counting.expect = [&](std::uint64_t bytes) { expected += bytes; };
  counting.advance = [&](std::size_t bytes) { read += bytes; };
  ASSERT_TRUE(take_in(source, counting).has_value());
  EXPECT_EQ(expected, 8u);
  EXPECT_EQ(read, 8u);
}

TEST(Intake, NeedsCaseJson) {
  MemoryCase source;
  EXPECT_EQ(take_in(source, options()).error().code, core::ErrorCode::kNotFound);
  source.files = {{"case.json", "{}"}};
  const auto record = take_in(source, options());
  ASSERT_FALSE(record.has_value());
  EXPECT_THAT(record.error().defects, testing::Not(IsEmpty()));
}

// "%PDF-" within the first bytes and not at their beginning: readers open it, and others see a
// page.
TEST(Intake, AFileThatBeginsOtherwiseIsNotOfItsTypeAlone) {
  MemoryCase source;
  source.files = {{"case.json",
                   R"({"schema":"heyan.submission.v1","evidence":[
                       {"id":"A","file":{"path":"a.pdf"}},{"id":"B","file":{"path":"b.pdf"}}]})"},
                  {"a.pdf", "<script>x</script>\n%PDF-1.4"},
                  {"b.pdf", "%PDF-1.4"}};
  const auto record = take_in(source, options());
  ASSERT_TRUE(record.has_value()) << to_text(record.error());
  const v1::ContentFacts& page = record->items(0).contents();
  EXPECT_THAT(page.marks(), ElementsAre(v1::FILE_MARK_BEGINS_OTHERWISE));
  EXPECT_EQ(page.extension(), v1::EXTENSION_FIT_UNKNOWN);
  EXPECT_THAT(record->items(1).contents().marks(), IsEmpty());
  EXPECT_EQ(record->items(1).contents().extension(), v1::EXTENSION_FIT_YES);
}

TEST(RecordedHashes, AreThoseOfTheLedgers) {
  trust::TrustList list;
  EXPECT_THAT(recorded_hashes(list), IsEmpty());
  list.ledgers.resize(2);
  list.ledgers[0].record.digest = {{"sha-1", "/a"}, {"sha-256", "/b"}};
  list.ledgers[1].record.digest = {{"md5", "x"}, {"none such", "y"}};
  EXPECT_THAT(recorded_hashes(list),
              ElementsAre(crypto::Hash::kMd5, crypto::Hash::kSha1, crypto::Hash::kSha256));
}

}  // namespace
}  // namespace heyan::intake
