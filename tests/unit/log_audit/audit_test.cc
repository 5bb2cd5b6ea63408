// The files of a published log and what can be wrong with them, as somebody outside sees it.
#include "tests/unit/log_audit/fixture.h"

namespace heyan::log_audit {
namespace {

using core::ErrorCode;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

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
