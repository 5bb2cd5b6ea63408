// Logs made for a test and published as the gateway does.
#pragma once

#include "gateway/log_audit/audit.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <array>
#include <fstream>

#include "gateway/log_audit/published_log.h"
#include "gateway/os/folder.h"
#include "gateway/report_log/publish.h"
#include "gateway/report_log/schema.h"
#include "gateway/sqlite/transaction.h"
#include "tests/unit/os/temporary_folder.h"

namespace heyan::log_audit {

using std::filesystem::path;

inline const core::UtcTime kStart = *core::parse_rfc3339("2026-11-24T09:00:00Z");
inline const std::string kOrigin = "court.example/log";
inline const core::Bytes kDigest(32, 0xab);

inline report::LogEntry beginning() {
  return report::LogBeginning{kStart, kOrigin, {{"receipt", core::Bytes(4, 1)}}, {}};
}
inline report::LogEntry intake(int seconds) {
  return report::IntakeEntry{kStart + std::chrono::seconds(seconds), kDigest, kDigest, kDigest};
}
inline report::LogEntry report_of(int seconds, std::uint64_t at) {
  return report::ReportEntry{kStart + std::chrono::seconds(seconds), kDigest, {at, {}}};
}
inline report::LogEntry supersession(int seconds, std::uint64_t report, std::uint64_t supersedes) {
  return report::SupersessionEntry{
      kStart + std::chrono::seconds(seconds), {report, {}}, {supersedes, {}}};
}
inline report::LogEntry withdrawal(int seconds, std::uint64_t report) {
  return report::WithdrawalEntry{kStart + std::chrono::seconds(seconds), {report, {}}, "error"};
}

inline report::LogEntry deletion(int seconds, std::uint64_t intake) {
  return report::DeletionEntry{kStart + std::chrono::seconds(seconds), kDigest, {intake, {}}};
}

inline report::LogEntry head(int seconds) {
  return report::AuditEntry{
      kStart + std::chrono::seconds(seconds), "front", core::Bytes(16, 1), 7, kDigest, kDigest};
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
    const std::string text = *transparency::encode_checkpoint(
        {.origin = origin, .size = head->size, .root = head->root, .extensions = {}});
    const std::string note = *transparency::sign_note(text, origin, key ? *key : key_);
    EXPECT_TRUE(log->store_checkpoint(transaction, *head, note).has_value());
    EXPECT_TRUE(transaction.commit().has_value());
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

}  // namespace heyan::log_audit
