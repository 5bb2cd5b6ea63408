// What the documents tell a reader to run or to write, run and written as they say.
#include <gmock/gmock.h>

#include "tests/functional/sample_case.h"

namespace heyan::functional {
namespace {

using testing::HasSubstr;

std::string document(const std::string& name) { return read_file(HEYAN_SOURCE "/docs/" + name); }

// The text between `before` and `after`, which must stand there.
std::string between(const std::string& text, std::string_view before, std::string_view after) {
  const std::size_t start = text.find(before);
  EXPECT_NE(start, std::string::npos) << before;
  if (start == std::string::npos) return {};
  const std::size_t from = start + before.size();
  const std::size_t end = text.find(after, from);
  EXPECT_NE(end, std::string::npos) << after;
  return text.substr(from, end - from);
}

Outcome in_shell(const std::string& command, const std::filesystem::path& folder) {
  return run(
      {.arguments = {"bash", "-c", command}, .environment = {}, .folder = folder, .input = {}});
}

Outcome by_hand(const std::string& block, const std::string& transaction, const std::string& key,
                const std::string& file) {
  const std::string script = HEYAN_SOURCE "/docs/re-check/fabric_block.sh";
  return run(
      {.arguments = {script, block, transaction, key, sample_folder() + "/case/files/" + file},
       .environment = {},
       .folder = {},
       .input = {}});
}
std::string proof(const std::string& name) { return sample_folder() + "/case/proofs/" + name; }

TEST(Documents, ShowACaseThatIsOne) {
  const std::string text = document("case-folder.md");
  SampleCase sample;
  sample.save_text(between(text, "## A complete example\n\n```json\n", "```"));
  EXPECT_EQ(verdict_of(verified(sample.path(), 0), "E1"), "CONSISTENT_WITH_NOTES");
  sample.save_text(between(text, "no conclusion yet\":\n\n```json\n", "```"));
  EXPECT_EQ(verdict_of(verified(sample.path(), 11), "E1"), "INCONCLUSIVE");
}

// Every word of the closed lists is one that the reader takes.
TEST(Documents, ListTheWordsOfACase) {
  const std::string lists = between(document("case-folder.md"), "## Closed lists", "## What is");
  const auto words = [&](const std::string& field) {
    std::vector<std::string> found;
    std::string row = between(lists, "| `" + field + "`", "\n");
    row.erase(0, row.find('|'));
    for (std::size_t at = row.find('`'); at != std::string::npos; at = row.find('`', at + 1)) {
      const std::size_t end = row.find('`', at + 1);
      found.push_back(row.substr(at + 1, end - at - 1));
      at = end;
    }
    return found;
  };
  SampleCase sample;
  sample.keep_only("E1");
  const auto takes = [&](const std::string& word) {
    sample.save();
    const int status = verify(sample.path()).status;
    EXPECT_TRUE(status == 0 || status == 11) << word << " " << status;
  };
  for (const std::string& word : words("role")) {
    sample.document["parties"][0]["role"] = word;
    takes(word);
  }
  for (const std::string& word : words("kind")) {
    sample.document["parties"][0]["kind"] = word;
    takes(word);
  }
  for (const std::string& word : words("idType")) {
    sample.document["parties"][0]["idType"] = word;
    takes(word);
  }
  for (const std::string& word : words("authentication")) {
    sample.document["submitter"]["authentication"] = word;
    takes(word);
  }
  for (const std::string& word : words("category")) {
    sample.item("E1")["category"] = word;
    takes(word);
  }
}

TEST(Documents, ShowHowARecordFileIsRead) {
  const TemporaryFolder folder;
  const std::string record = folder / "OUT.hcr";
  EXPECT_EQ(verify(sample_folder() + "/case", {"--record", record}).status, 10);
  std::string command = "tail -c +" + between(document("formats.md"), "`tail -c +", "`");
  command.replace(command.find("OUT.hcr"), 7, record);
  const Outcome outcome = in_shell("set -o pipefail; " + command, HEYAN_SOURCE);
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("case_number: \"(2026)"));
  // Nothing before the message, nothing unknown in it.
  EXPECT_THAT(outcome.out, testing::ContainsRegex("(^|\n)version: 1\n"));
  EXPECT_THAT(outcome.out, testing::Not(testing::ContainsRegex("(^|\n)[0-9]+: ")));
}

TEST(Documents, ShowHowSm2IsCheckedWithOpenSsl) {
  const TemporaryFolder folder;
  EXPECT_EQ(heyan({"keys", "new", folder / "keys"}).status, 0);
  EXPECT_EQ(heyan({"verify", sample_folder() + "/case", "--trust", sample_trust(), "--format",
                   "jws", "--keys", folder / "keys", "--out", folder / "report.jws"})
                .status,
            10);
  std::filesystem::copy_file(folder / "keys/sm2.cert.pem", folder / "sm2.cert.pem");
  const std::string commands =
      between(document("re-check-by-hand.md"), "issuer's certificate:\n\n```sh\n", "```");
  const Outcome outcome = in_shell("set -eu\n" + commands, folder.path());
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("Signature Verified Successfully"));
  const std::string digest =
      between(document("re-check-by-hand.md"), "report is known by:\n\n```sh\n", "```");
  const Outcome shown = heyan({"report", "verify", folder / "report.jws", "--lang", "en"});
  EXPECT_THAT(shown.out, HasSubstr("Payload: SHA-256 " +
                                   in_shell(digest, folder.path()).out.substr(0, 64) + "\n"));
}

TEST(RecheckByHand, HoldsForTheSample) {
  const Outcome outcome = by_hand(proof("block_006.pb"), "0", "EV-2026-0001", "chat_log.json");
  EXPECT_EQ(outcome.status, 0) << outcome.out << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("0 of channel judicial-evidence, id 467d7181"));
  EXPECT_THAT(outcome.out, HasSubstr("key EV-2026-0001, namespace evidence\n"));
  EXPECT_THAT(outcome.out, testing::Not(HasSubstr("DOES NOT")));
}

TEST(RecheckByHand, HoldsForNothingElse) {
  struct {
    std::string block;
    const char* transaction;
    const char* key;
    const char* file;
  } const rows[] = {
      {proof("block_006.pb"), "0", "EV-2026-0001", "order_export.csv"},
      {proof("block_006.pb"), "1", "EV-2026-0001", "chat_log.json"},
      {proof("block_009.pb"), "0", "EV-2026-0009", "statement_zh.txt"},
      {proof("block_008_changed.pb"), "0", "EV-2026-0008", "delivery_track.json"},
  };
  for (const auto& row : rows) {
    const Outcome outcome = by_hand(row.block, row.transaction, row.key, row.file);
    EXPECT_EQ(outcome.status, 1) << row.block;
    EXPECT_THAT(outcome.out, HasSubstr("DOES NOT")) << row.block;
  }
}

TEST(RecheckByHand, SaysWhatIsNotThere) {
  for (const char* none : {"4", "99", "999999999999999999999", "x", "-1", ""}) {
    const Outcome outcome = by_hand(proof("block_006.pb"), none, "EV-2026-0001", "chat_log.json");
    EXPECT_EQ(outcome.status, 1) << none;
    EXPECT_THAT(outcome.err, HasSubstr(*none >= '0' && *none <= '9' ? "there is no transaction"
                                                                    : "a number from 0"));
  }
  const std::string first = sample_folder() + "/trust/fabric/block_000.pb";
  EXPECT_THAT(by_hand(first, "0", "EV", "chat_log.json").err, HasSubstr("the first block"));
  EXPECT_THAT(by_hand(sample_trust(), "0", "EV", "chat_log.json").err, HasSubstr("not a block"));
}

// Takes the endorsements out of the sample's transaction; what is left of it stays well-formed.
TEST(RecheckByHand, WantsEndorsements) {
  const TemporaryFolder folder;
  std::filesystem::copy(HEYAN_SOURCE "/docs/re-check", folder / "re-check",
                        std::filesystem::copy_options::recursive);
  // Where endorsers stand under another name, there are none for the script.
  std::string proto = read_file(folder / "re-check/fabric.proto");
  const std::string_view endorsements = "repeated Endorsement endorsements = 2";
  proto.replace(proto.find(endorsements), endorsements.size(),
                "repeated Endorsement endorsements = 9");
  write_file(folder / "re-check/fabric.proto", proto);
  const Outcome outcome =
      run({.arguments = {folder / "re-check/fabric_block.sh", proof("block_006.pb"), "0",
                         "EV-2026-0001", sample_folder() + "/case/files/chat_log.json"},
           .environment = {},
           .folder = {},
           .input = {}});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.out, HasSubstr("nobody signed the result"));
}

TEST(Documents, LinkToFilesThatAreThere) {
  const std::filesystem::path docs = HEYAN_SOURCE "/docs";
  for (const auto& file : std::filesystem::directory_iterator(docs)) {
    if (file.path().extension() != ".md") continue;
    const std::string text = read_file(file.path());
    for (std::size_t at = text.find("]("); at != std::string::npos; at = text.find("](", at + 1)) {
      std::string target = text.substr(at + 2, text.find(')', at) - at - 2);
      target.resize(std::min(target.size(), target.find('#')));
      if (target.starts_with("http")) continue;
      EXPECT_TRUE(std::filesystem::exists(docs / target)) << file.path() << ": " << target;
    }
  }
}

}  // namespace
}  // namespace heyan::functional
