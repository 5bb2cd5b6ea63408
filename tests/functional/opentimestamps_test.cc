// OpenTimestamps proofs in a case, and the headers that a court imports for them.
#include <gmock/gmock.h>

#include <map>

#include "tests/functional/ots_court.h"

namespace heyan::functional {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

// The sample's first item with the given file and proof, instead of its own proof or beside it.
void offer(SampleCase& sample, const std::string& proof, bool beside_chain_proof) {
  sample.keep_only("E1");
  Json& item = sample.item("E1");
  if (!beside_chain_proof) {
    item.erase("record");
    item["proofs"] = Json::array();
  }
  item["proofs"].push_back({{"path", "proofs/time.ots"}});
  (void)sample.write("proofs/time.ots", proof);
  sample.save();
}

// A proof over the sample's first file that leads to no block: one calendar.
std::string pending_over_sample() {
  const std::string file = read_file(sample_folder() + "/case/files/chat_log.json");
  return bytes_of(std::string(kMagic) + "08" + sha256_hex(file) + "0083dfe30d2ef90c8e0e0d") +
         "https://a.exa";
}

TEST(OpenTimestamps, ATimeAloneIsNeverConsistent) {
  const Court court;
  SampleCase sample;
  offer(sample, read_file(kTimestamps + "ots/examples/hello-world.txt.ots"), false);
  Json& item = sample.item("E1");
  item["file"] = {{"path", item["file"]["path"]}};
  (void)sample.write(item["file"]["path"].get<std::string>(),
                     read_file(kTimestamps + "ots/examples/hello-world.txt"));
  sample.save();
  const Outcome outcome = court.verify(sample.path());
  EXPECT_EQ(outcome.status, 11);
  const Json judged = item_of(Json::parse(outcome.out, nullptr, false), "E1");
  EXPECT_EQ(judged["verdict"], "INCONCLUSIVE");
  EXPECT_THAT(codes_of(judged), ElementsAre("TIME_PROOF_ONLY"));
  const Json& attestation = judged["attestations"][0];
  EXPECT_EQ(attestation["tier"], "TIME_PROOF");
  EXPECT_EQ(attestation["outcome"], "PASS");
  EXPECT_EQ(attestation["position"]["block"], 358391);
  EXPECT_EQ(attestation["time"]["notAfter"], "2015-05-28T23:59:59Z");
  EXPECT_EQ(attestation["time"]["independent"], true);
  EXPECT_EQ(check_of(judged, "MATCH-1"), "PASS");
  EXPECT_THAT(court.verify(sample.path(), "text").out, HasSubstr("not after 2015-05-28T23:59:59Z"));

  // The same proof with another file.
  (void)sample.write(item["file"]["path"].get<std::string>(), "Hello world!\n");
  const Outcome other = court.verify(sample.path());
  EXPECT_EQ(other.status, 11);
  const Json of_other = item_of(Json::parse(other.out, nullptr, false), "E1");
  EXPECT_EQ(of_other["verdict"], "INCONCLUSIVE");
  EXPECT_THAT(codes_of(of_other), ElementsAre("TIME_PROOF_OF_OTHER_FILE"));
  EXPECT_EQ(of_other["attestations"][0]["record"], nullptr);
}

// A stray or broken time proof beside a record that holds costs a note, and no more.
TEST(OpenTimestamps, OfAnotherFileBesideAChainsOwn) {
  const Court court;
  for (const auto& [name, code] : std::map<std::string, std::string>{
           {"hello-world", "TIME_PROOF_OF_OTHER_FILE"}, {"bad-stamp", "TIME_PROOF_INVALID"}}) {
    SampleCase sample;
    offer(sample, read_file(kTimestamps + "ots/examples/" + name + ".txt.ots"), true);
    const Outcome outcome = court.verify(sample.path());
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    const Json judged = item_of(Json::parse(outcome.out, nullptr, false), "E1");
    EXPECT_EQ(judged["verdict"], "CONSISTENT_WITH_NOTES");
    EXPECT_THAT(codes_of(judged), Contains(code));
    EXPECT_THAT(codes_of(judged), Not(Contains("CONTENT_HASH_DIFFERS")));
  }
}

// A calendar's promise takes nothing from a chain's proof, and gives nothing.
TEST(OpenTimestamps, APendingProofBesideAChainsOwn) {
  const Court court;
  SampleCase sample;
  offer(sample, pending_over_sample(), true);
  const Outcome outcome = court.verify(sample.path());
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  const Json judged = item_of(Json::parse(outcome.out, nullptr, false), "E1");
  EXPECT_EQ(judged["verdict"], "CONSISTENT_WITH_NOTES");
  ASSERT_EQ(judged["attestations"].size(), 2u);
  const Json& attestation = judged["attestations"][1];
  EXPECT_EQ(attestation["tier"], "TIME_PROOF");
  EXPECT_EQ(attestation["outcome"], "UNDETERMINED");
  EXPECT_EQ(attestation["time"]["notAfter"], nullptr);
  EXPECT_EQ(attestation["declared"]["calendar"], "https://a.exa");
  const std::string text = court.verify(sample.path(), "text").out;
  EXPECT_THAT(text, HasSubstr("As the proof states (quoted, not confirmed)"));
  EXPECT_THAT(text, Not(HasSubstr("As the operator states")));

  // And alone.
  SampleCase bare;
  offer(bare, pending_over_sample(), false);
  const Outcome alone = court.verify(bare.path());
  EXPECT_EQ(alone.status, 11);
  EXPECT_THAT(codes_of(item_of(Json::parse(alone.out, nullptr, false), "E1")),
              ElementsAre("INCLUSION_PROOF_MISSING"));
}

TEST(OpenTimestamps, WithoutTheCourtsTablesNothingIsJudged) {
  SampleCase sample;
  offer(sample, read_file(kTimestamps + "ots/examples/hello-world.txt.ots"), false);
  const Outcome outcome = verify(sample.path());
  EXPECT_EQ(outcome.status, 11);
  EXPECT_THAT(codes_of(item_of(Json::parse(outcome.out, nullptr, false), "E1")),
              ElementsAre("LEDGER_NOT_ON_TRUST_LIST"));
}

TEST(Headers, AreAddedToThoseThatAreThere) {
  const Court court;
  const Outcome added = court.import(kTimestamps + "btc-headers/chain-562621-562639.tsv");
  EXPECT_EQ(added.status, 0) << added.err;
  EXPECT_THAT(added.err, HasSubstr("18 headers added, 24 in all"));
  EXPECT_THAT(added.err, HasSubstr("ties 24 of them to a checkpoint"));
  const Outcome linked = court.import(kTimestamps + "btc-headers/retarget-554390-554408.tsv");
  EXPECT_EQ(linked.status, 0) << linked.err;
  EXPECT_THAT(linked.err, HasSubstr("20 headers added, 44 in all"));
  EXPECT_THAT(linked.err, HasSubstr("ties 24 of them"));
  const std::string before = read_file(court.headers());
  EXPECT_EQ(court.import(court.headers()).status, 0);  // those that are known already
  EXPECT_EQ(read_file(court.headers()), before);
}

TEST(Headers, NothingIsWrittenWhereAnyIsWrong) {
  const Court court;
  const std::string before = read_file(court.headers());
  const auto refused = [&](const std::string& table, const std::string& why) {
    const Outcome outcome = court.import(table);
    EXPECT_EQ(outcome.status, 65) << table;
    EXPECT_THAT(outcome.err, HasSubstr(why));
    EXPECT_EQ(outcome.out, "");
    EXPECT_EQ(read_file(court.headers()), before);
  };
  refused(kTimestamps + "btc-headers/bad-pow-562635.tsv", "header 562635 does not meet its target");
  refused(kTimestamps + "btc-headers/bad-link-562630.tsv",
          "header 562630 is another header than the one known");
  const auto one = [&](const std::string& height, const std::string& file) {
    const std::string header = read_file(kTimestamps + "ots/headers-bad/" + file);
    write_file(court.folder() / "one.tsv",
               height + "\t" + core::to_hex(core::as_bytes(header)) + "\n");
    return court.folder() / "one.tsv";
  };
  refused(one("363704", "363704-forged-easy.hdr"), "has no target, or an easier one");
  refused(one("562631", "562630-stale.hdr"), "does not name the header before it");
  refused(one("358390", "898352-testnet.hdr"), "has not the target or time of its period");
  write_file(court.folder() / "bad.tsv", "227837\tzz\n");
  refused(court.folder() / "bad.tsv", "bad.tsv:1: the header is not 160 hexadecimal digits");
  write_file(court.folder() / "bad.tsv", "not a table");
  refused(court.folder() / "bad.tsv", "is not HEIGHT and HEADER");
}

TEST(Headers, ATableThatWasAlteredIsRefused) {
  const Court court;
  std::string table = read_file(court.headers());
  table[table.find("227836\t") + 100] ^= 1;
  write_file(court.headers(), table);
  EXPECT_EQ(court.import(kTimestamps + "btc-headers/chain-562621-562639.tsv").status, 65);
  EXPECT_EQ(read_file(court.headers()), table);
  EXPECT_EQ(heyan({"trust", "check", court.trust()}).status, 65);
}

TEST(Headers, TheCommandSaysWhatItLacks) {
  const Court court;
  EXPECT_EQ(heyan({"headers"}).status, 2);
  EXPECT_EQ(heyan({"headers", "import", "x.tsv"}).status, 2);
  EXPECT_EQ(court.import(court.folder() / "none.tsv").status, 74);
  EXPECT_EQ(heyan({"headers", "import", court.headers(), "--checkpoints", court.headers(), "--into",
                   court.folder() / "new"})
                .status,
            65);
  EXPECT_FALSE(std::filesystem::exists(court.folder() / "new"));
}

}  // namespace
}  // namespace heyan::functional
