// A published log and everything that can be wrong with it, as somebody outside sees it.
#include "gateway/log_audit/audit.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <array>
#include <fstream>

#include "gateway/log_audit/published_log.h"
#include "gateway/os/folder.h"
#include "gateway/report_log/publish.h"
#include "gateway/report_log/schema.h"
#include "tests/unit/os/temporary_folder.h"

namespace heyan::log_audit {
namespace {

using core::ErrorCode;
using std::filesystem::path;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const core::UtcTime kStart = *core::parse_rfc3339("2026-11-24T09:00:00Z");
const std::string kOrigin = "court.example/log";
const core::Bytes kDigest(32, 0xab);

report::LogEntry beginning() {
  return report::LogBeginning{kStart, kOrigin, {{"receipt", core::Bytes(4, 1)}}, {}};
}
report::LogEntry intake(int seconds) {
  return report::IntakeEntry{kStart + std::chrono::seconds(seconds), kDigest, kDigest, kDigest};
}
report::LogEntry report_of(int seconds, std::uint64_t at) {
  return report::ReportEntry{kStart + std::chrono::seconds(seconds), kDigest, {at, {}}};
}
report::LogEntry supersession(int seconds, std::uint64_t report, std::uint64_t supersedes) {
  return report::SupersessionEntry{
      kStart + std::chrono::seconds(seconds), {report, {}}, {supersedes, {}}};
}
report::LogEntry withdrawal(int seconds, std::uint64_t report) {
  return report::WithdrawalEntry{kStart + std::chrono::seconds(seconds), {report, {}}, "error"};
}

class AuditTest : public ::testing::Test {
 protected:
  AuditTest()
      : key_(*crypto::SigningKey::generate(crypto::KeyAlgorithm::kEd25519)),
        verifier_(*transparency::NoteVerifier::make(kOrigin, transparency::NoteKeyType::kEd25519,
                                                    key_.public_key())) {}

  // Publishes these leaves as a log in a folder of that name, as the gateway would.
  path publish(const std::string& name, const std::vector<core::Bytes>& leaves,
               const crypto::SigningKey* key = nullptr, const std::string& origin = kOrigin) {
    constexpr std::array kMigrations = {report_log::kTables};
    auto database = *sqlite::Database::open(
        folder_ / (name + ".db"), {.application_id = 0x48594c67, .migrations = kMigrations});
    const auto log = *report_log::ReportLog::open(database);
    path where = folder_ / name;
    std::filesystem::create_directory(where);
    report_log::TilePublisher publisher(*log, where);
    auto transaction = *sqlite::Transaction::begin(database);
    const auto head = log->append(transaction, *log->head(), leaves);
    EXPECT_TRUE(head.has_value());
    EXPECT_TRUE(transaction.commit().has_value());
    const std::string text = *transparency::encode_checkpoint(
        {.origin = origin, .size = head->size, .root = head->root, .extensions = {}});
    const std::string note = *transparency::sign_note(text, origin, key ? *key : key_);
    EXPECT_TRUE(log->store_checkpoint(*head, note).has_value());
    EXPECT_TRUE(publisher.publish().has_value());
    return where;
  }
  path publish(const std::string& name, const std::vector<report::LogEntry>& entries) {
    return publish(name, encoded(entries));
  }
  static std::vector<core::Bytes> encoded(const std::vector<report::LogEntry>& entries) {
    std::vector<core::Bytes> leaves;
    for (const auto& entry : entries) leaves.push_back(report::encode_log_entry(entry));
    return leaves;
  }

  // 600 leaves: two whole tiles of hashes, a narrow one, and one of level 1.
  static std::vector<report::LogEntry> long_log() {
    std::vector<report::LogEntry> entries = {beginning()};
    while (entries.size() < 600) {
      const auto index = static_cast<std::uint64_t>(entries.size());
      entries.push_back(intake(static_cast<int>(index)));
      entries.push_back(report_of(static_cast<int>(index), index));
    }
    entries.resize(600);
    return entries;
  }

  Audit look(const path& where, const std::optional<transparency::Checkpoint>& since = {},
             std::chrono::hours later = std::chrono::hours(1)) {
    const auto found =
        audit({.folder = where, .key = &verifier_, .since = since, .at = kStart + later});
    EXPECT_TRUE(found.has_value()) << (found ? "" : found.error().text);
    return found ? *found : Audit{};
  }
  static std::vector<std::string> words(const Audit& audit) {
    std::vector<std::string> all;
    for (const Finding& finding : audit.findings) {
      all.emplace_back(std::string(finding.word) +
                       (finding.index ? " " + std::to_string(*finding.index) : ""));
    }
    return all;
  }
  std::vector<std::string> found_in(const std::string& name,
                                    const std::vector<report::LogEntry>& entries) {
    return words(look(publish(name, entries)));
  }
  static transparency::Checkpoint checkpoint_of(const path& where) {
    return *read_checkpoint(core::to_string(*os::read_named_file(where / "checkpoint", 1u << 16)),
                            nullptr);
  }
  static void flip(const path& file, std::size_t at) {
    std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
    stream.seekg(static_cast<std::streamoff>(at));
    const char byte = static_cast<char>(stream.get() ^ 1);
    stream.seekp(static_cast<std::streamoff>(at));
    stream.put(byte);
  }
  static std::vector<path> files_of(const path& where) {
    std::vector<path> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(where)) {
      if (entry.is_regular_file()) files.push_back(entry.path());
    }
    std::ranges::sort(files);
    return files;
  }

  os::TemporaryFolder folder_;
  crypto::SigningKey key_;
  transparency::NoteVerifier verifier_;
};

TEST_F(AuditTest, AGoodLogHoldsAndIsCounted) {
  const Audit found = look(publish("log", long_log()));
  EXPECT_THAT(words(found), IsEmpty());
  EXPECT_TRUE(found.holds());
  EXPECT_EQ(found.signature, Signature::kValid);
  EXPECT_EQ(found.entries_read, 600u);
  EXPECT_EQ(found.counts.at("log"), 1u);
  EXPECT_EQ(found.counts.at("intake"), 300u);
  EXPECT_EQ(found.counts.at("report"), 299u);
  EXPECT_EQ(found.waiting, 1u);
}

TEST_F(AuditTest, EverySizeAroundATileHolds) {
  std::vector<report::LogEntry> entries = long_log();
  for (const std::size_t size : {1, 2, 3, 255, 256, 257, 511, 512, 513}) {
    entries = long_log();
    entries.resize(size);
    const path where = publish("log" + std::to_string(size), entries);
    EXPECT_THAT(words(look(where)), IsEmpty()) << size;
  }
}

TEST_F(AuditTest, ALogOfNoKnownKeyIsSaidSo) {
  const auto found =
      audit({.folder = publish("log", {beginning()}), .key = nullptr, .since = {}, .at = kStart});
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->signature, Signature::kNoKey);
}

TEST_F(AuditTest, AFlippedByteInAnyFileIsSeen) {
  const path where = publish("log", long_log());
  const std::vector<path> files = files_of(where);
  ASSERT_THAT(files, SizeIs(8));  // checkpoint; tile/0: 2 and 1, tile/1: 1; as many of entries: 3
  for (const path& file : files) {
    const std::size_t size = std::filesystem::file_size(file);
    for (const std::size_t at : {std::size_t{0}, size / 3, size / 2, size - 1}) {
      flip(file, at);
      const auto found = audit({.folder = where, .key = &verifier_, .since = {}, .at = kStart});
      EXPECT_TRUE(!found || !found->holds()) << file << " at " << at;
      flip(file, at);
    }
  }
  EXPECT_TRUE(look(where).holds());
}

TEST_F(AuditTest, EveryMissingEmptiedShortenedOrLengthenedFileIsSeen) {
  const path where = publish("log", long_log());
  for (const path& file : files_of(where)) {
    const auto bytes = *os::read_named_file(file, 1u << 24);
    const auto rewrite = [&](core::ByteView content) {
      std::ofstream(file, std::ios::binary | std::ios::trunc) << core::as_text(content);
    };
    const auto holds = [&] {
      const auto found = audit({.folder = where, .key = &verifier_, .since = {}, .at = kStart});
      return found && found->holds();
    };
    rewrite({});
    EXPECT_FALSE(holds()) << "emptied " << file;
    rewrite(core::ByteView(bytes).first(bytes.size() - 1));
    EXPECT_FALSE(holds()) << "shortened " << file;
    core::Bytes longer = bytes;
    longer.push_back(0);
    rewrite(longer);
    EXPECT_FALSE(holds()) << "lengthened " << file;
    std::filesystem::remove(file);
    EXPECT_FALSE(holds()) << "removed " << file;
    std::filesystem::create_symlink("/dev/zero", file);
    EXPECT_FALSE(holds()) << "a link in the place of " << file;
    std::filesystem::remove(file);
    rewrite(bytes);
  }
  EXPECT_TRUE(look(where).holds());
}

TEST_F(AuditTest, NamesTheFileThatIsWrong) {
  const path where = publish("log", long_log());
  flip(where / "tile/0/001", 5);
  const Audit found = look(where);
  ASSERT_THAT(found.findings, SizeIs(1));
  EXPECT_EQ(found.findings[0].word, "tile-differs");
  EXPECT_EQ(found.findings[0].file, "tile/0/001");
}

// A copy that was taken while the log grew: the narrow tile is gone, its full one is there.
TEST_F(AuditTest, ReadsTheFullTileWhereTheNarrowOneIsGone) {
  std::vector<report::LogEntry> entries = long_log();
  const path whole = publish("whole", entries);
  entries.resize(300);
  const path part = publish("part", entries);
  std::filesystem::copy_file(part / "checkpoint", whole / "checkpoint",
                             std::filesystem::copy_options::overwrite_existing);
  EXPECT_THAT(words(look(whole)),
              ElementsAre("tile-missing"));  // tile/1/000.p/1, which no log lacks
}

TEST_F(AuditTest, AnotherKeysSignatureIsNone) {
  const auto other = *crypto::SigningKey::generate(crypto::KeyAlgorithm::kEd25519);
  const Audit found = look(publish("log", encoded({beginning()}), &other));
  EXPECT_EQ(found.signature, Signature::kInvalid);
  EXPECT_THAT(words(found), ElementsAre("signature"));
}

TEST_F(AuditTest, AnotherLogsCheckpointIsSeen) {
  const path where = publish("log", encoded({beginning()}), nullptr, "court.example/other");
  EXPECT_THAT(words(look(where)), ElementsAre("signature", "origin", "leaf-origin 0"));
}

TEST_F(AuditTest, ASwappedCheckpointOfTheSameKeyIsSeen) {
  std::vector<report::LogEntry> entries = long_log();
  const path where = publish("log", entries);
  entries.back() = intake(650);
  const path other = publish("other", entries);
  std::filesystem::copy_file(other / "checkpoint", where / "checkpoint",
                             std::filesystem::copy_options::overwrite_existing);
  EXPECT_THAT(words(look(where)), ElementsAre("root"));
}

// ---- with a checkpoint that the auditor kept

TEST_F(AuditTest, GoesOnFromEveryOlderCheckpoint) {
  const std::vector<report::LogEntry> all = long_log();
  const path where = publish("log", all);
  for (const std::size_t size : {1, 2, 255, 256, 257, 512, 599, 600}) {
    const std::vector<report::LogEntry> start(all.begin(), all.begin() + static_cast<long>(size));
    const path older = publish("older" + std::to_string(size), start);
    EXPECT_THAT(words(look(where, checkpoint_of(older))), IsEmpty()) << size;
  }
}

TEST_F(AuditTest, AForkedLogIsSeenWhereverItForks) {
  const std::vector<report::LogEntry> all = long_log();
  const transparency::Checkpoint kept = checkpoint_of(publish("kept", all));
  for (const std::size_t at : {1, 256, 598}) {
    std::vector<report::LogEntry> forked = all;
    auto& leaf = std::get<report::ReportEntry>(forked[at % 2 == 0 ? at : at + 1]);
    leaf.payload = core::Bytes(32, 0xcd);
    forked.push_back(intake(700));
    const path where = publish("fork" + std::to_string(at), forked);
    EXPECT_THAT(words(look(where)), IsEmpty()) << "alone it looks good";
    EXPECT_THAT(words(look(where, kept)), ElementsAre("older-forked")) << at;
  }
}

TEST_F(AuditTest, ATruncatedLogIsSeen) {
  std::vector<report::LogEntry> entries = long_log();
  const transparency::Checkpoint kept = checkpoint_of(publish("kept", entries));
  entries.resize(599);
  EXPECT_THAT(words(look(publish("shorter", entries), kept)), ElementsAre("older-shrunk"));
}

TEST_F(AuditTest, ACheckpointOfAnotherKeyOrLogIsNotTakenAsOlder) {
  const auto other = *crypto::SigningKey::generate(crypto::KeyAlgorithm::kEd25519);
  const auto note = [](const path& where) {
    return core::to_string(*os::read_named_file(where / "checkpoint", 1u << 16));
  };
  const auto refused = [&](std::string_view text) {
    const auto read = read_checkpoint(text, &verifier_);
    EXPECT_FALSE(read.has_value());
    return read ? ErrorCode::kInternal : read.error().code;
  };
  EXPECT_EQ(refused(note(publish("a", encoded({beginning()}), &other))), ErrorCode::kUnsupported);
  EXPECT_EQ(refused(note(publish("b", encoded({beginning()}), nullptr, "x.example/log"))),
            ErrorCode::kUnsupported);
  const std::string good = note(publish("c", {beginning()}));
  EXPECT_TRUE(read_checkpoint(good, &verifier_).has_value());
  EXPECT_EQ(refused(good.substr(0, good.find("\n\n") + 1)), ErrorCode::kMalformed);
  EXPECT_EQ(refused(""), ErrorCode::kMalformed);
}

// ---- what leaves say

TEST_F(AuditTest, ACheckpointOfAHugeLogEndsAtWhatIsThere) {
  const path where = publish("log", {beginning()});
  const std::string text = *transparency::encode_checkpoint(
      {.origin = kOrigin, .size = transparency::kMaxTreeSize, .root = {}, .extensions = {}});
  std::ofstream(where / "checkpoint", std::ios::binary | std::ios::trunc)
      << *transparency::sign_note(text, kOrigin, key_);
  EXPECT_THAT(words(look(where)), ElementsAre("entries-missing"));
}

TEST_F(AuditTest, LeavesThatAreNoneAreNamed) {
  std::vector<core::Bytes> leaves = encoded({beginning(), intake(1), report_of(2, 1)});
  leaves.push_back(core::to_bytes("{}"));
  leaves.push_back(core::to_bytes("not json"));
  core::Bytes spaced = report::encode_log_entry(intake(3));
  spaced.push_back(' ');
  leaves.push_back(spaced);
  EXPECT_THAT(words(look(publish("log", leaves))),
              ElementsAre("leaf-grammar 3", "leaf-grammar 4", "leaf-grammar 5"));
}

TEST_F(AuditTest, TheFirstLeafAndNoOtherNamesTheLog) {
  EXPECT_THAT(found_in("a", {intake(0)}), ElementsAre("leaf-beginning 0"));
  EXPECT_THAT(found_in("b", {beginning(), beginning()}), ElementsAre("leaf-beginning 1"));
}

TEST_F(AuditTest, TimesDoNotGoBack) {
  EXPECT_THAT(found_in("log", {beginning(), intake(10), intake(9), intake(10), intake(10)}),
              ElementsAre("leaf-time 2"));
}

TEST_F(AuditTest, NothingRefersToWhatIsAbsentOrLaterOrAnotherKind) {
  EXPECT_THAT(found_in("a", {beginning(), report_of(1, 2), intake(2)}),
              ElementsAre("reference-absent 1"));
  EXPECT_THAT(found_in("b", {beginning(), report_of(1, 1)}), ElementsAre("reference-absent 1"));
  EXPECT_THAT(found_in("c", {beginning(), report_of(1, 0)}), ElementsAre("reference-kind 1"));
  EXPECT_THAT(found_in("d", {beginning(), withdrawal(1, 1)}), ElementsAre("reference-absent 1"));
  EXPECT_THAT(found_in("e", {beginning(), intake(1), withdrawal(1, 1)}),
              ElementsAre("reference-kind 2"));
  EXPECT_THAT(found_in("f", {beginning(), intake(1), report_of(2, 1), supersession(3, 2, 9)}),
              ElementsAre("reference-absent 3"));
  EXPECT_THAT(found_in("g", {beginning(), intake(1), report_of(2, 1), supersession(3, 9, 2)}),
              ElementsAre("reference-absent 3"));
}

TEST_F(AuditTest, ReportsAreSupersededInOrderAndOnce) {
  const std::vector<report::LogEntry> two = {beginning(), intake(1), report_of(2, 1),
                                             report_of(3, 1)};
  auto with = [&](std::vector<report::LogEntry> more) {
    std::vector<report::LogEntry> all = two;
    all.insert(all.end(), more.begin(), more.end());
    return all;
  };
  EXPECT_THAT(found_in("a", with({supersession(4, 3, 2), withdrawal(5, 2)})), IsEmpty());
  EXPECT_THAT(found_in("b", with({supersession(4, 2, 3)})), ElementsAre("succession-order 4"));
  EXPECT_THAT(found_in("c", with({supersession(4, 2, 2)})), ElementsAre("succession-order 4"));
  EXPECT_THAT(found_in("d", with({supersession(4, 3, 2), supersession(5, 3, 2)})),
              ElementsAre("succession-twice 5"));
  EXPECT_THAT(found_in("e", with({withdrawal(4, 2), withdrawal(5, 2)})),
              ElementsAre("succession-twice 5"));
}

TEST_F(AuditTest, OnlyALogThatFollowsAnotherRefersToIt) {
  const report::LogEntry old = report::ReportEntry{kStart, kDigest, {7, "court.example/old"}};
  EXPECT_THAT(found_in("a", {beginning(), old}), ElementsAre("reference-earlier-log 1"));
  const report::LogEntry following = report::LogBeginning{
      kStart, kOrigin, {{"receipt", core::Bytes(4, 1)}}, "its last checkpoint"};
  EXPECT_THAT(found_in("b", {following, old}), IsEmpty());
}

TEST_F(AuditTest, IntakesWithoutAReportForADayAreNamed) {
  const path where =
      publish("log", {beginning(), intake(1), intake(2), report_of(3, 1), intake(3700)});
  EXPECT_THAT(look(where).overdue, IsEmpty());
  const Audit found = look(where, {}, std::chrono::hours(25));
  EXPECT_TRUE(found.holds());
  EXPECT_EQ(found.waiting, 2u);
  ASSERT_THAT(found.overdue, SizeIs(1));
  EXPECT_EQ(found.overdue[0].index, 2u);
  EXPECT_EQ(found.overdue[0].intake.at, kStart + std::chrono::seconds(2));
  EXPECT_THAT(look(where, {}, std::chrono::hours(26)).overdue, SizeIs(2));
}

TEST_F(AuditTest, WhatIsNoLogIsAnError) {
  const auto code = [&](const path& where) {
    const auto found = audit({.folder = where, .key = nullptr, .since = {}, .at = kStart});
    EXPECT_FALSE(found.has_value());
    return found ? ErrorCode::kInternal : found.error().code;
  };
  EXPECT_EQ(code(folder_ / "nothing"), ErrorCode::kNotFound);
  std::filesystem::create_directory(folder_ / "empty");
  EXPECT_EQ(code(folder_ / "empty"), ErrorCode::kNotFound);
  std::ofstream(folder_ / "empty/checkpoint") << "court.example/log\n1\n";
  EXPECT_EQ(code(folder_ / "empty"), ErrorCode::kMalformed);
}

TEST(PublishedLog, NeverReadsMoreThanATileCanHold) {
  os::TemporaryFolder folder;
  std::filesystem::create_directories(folder / "tile/entries");
  std::ofstream(folder / "tile/entries/000");
  std::filesystem::resize_file(folder / "tile/entries/000", std::uintmax_t{1} << 40);
  const auto log = PublishedLog::open(folder / ".");
  ASSERT_TRUE(log.has_value());
  EXPECT_EQ(log->entries(0, 256).error().code, ErrorCode::kMalformed);
}

}  // namespace
}  // namespace heyan::log_audit
