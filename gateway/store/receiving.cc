// Writing and reading: submissions whose files follow their case.
#include "gateway/store/reading.h"
#include "gateway/store/rows.h"
#include "gateway/store/writing.h"

namespace heyan::store {
namespace {

using core::Bytes;
using core::ErrorCode;
using std::string;

constexpr core::Error kNotSo{ErrorCode::kChanged, "the upload is not as expected"};

std::optional<Bytes> or_null(const Bytes& bytes) {
  return bytes.empty() ? std::nullopt : std::optional(bytes);
}

bool fits(std::uint64_t more, std::uint64_t so_far, std::uint64_t most) {
  return so_far <= most && more <= most - so_far;
}

constexpr std::string_view kUploads =
    "SELECT a.upload, a.submission, a.size, a.\"offset\", a.expected, a.sha256, a.metadata,"
    " r.expires_at_ms FROM awaited a JOIN receiving r ON r.id = a.submission"
    " WHERE (?1 IS NULL OR r.court = ?1) AND (?2 IS NULL OR r.account = ?2)";

template <class... Which>
core::Result<std::optional<Upload>> read_upload(sql::StatementCache& statements,
                                                std::string_view query, const Scope& scope,
                                                const Which&... which) {
  if (scope.judge) return std::nullopt;
  HEYAN_TRY(auto row,
            (statements.one<string, string, std::uint64_t, std::uint64_t, std::optional<Bytes>,
                            std::optional<Bytes>, std::optional<string>, std::int64_t>(
                query, scope.court, scope.account, which...)));
  if (!row) return std::nullopt;
  auto& [upload, submission, size, offset, expected, sha256, metadata, expires] = *row;
  return Upload{.id = std::move(upload),
                .submission = std::move(submission),
                .size = size,
                .offset = offset,
                .expected = std::move(expected).value_or(Bytes()),
                .metadata = std::move(metadata).value_or(""),
                .complete = sha256.has_value(),
                .expires_at_ms = expires};
}

}  // namespace

core::Result<void> expect_room(sql::StatementCache& statements, const NewReceiving& submission) {
  if (!submission.most) return {};
  HEYAN_TRY(const auto used,
            (statements.one<std::uint64_t, std::uint64_t>(
                "SELECT count(DISTINCT r.id), CAST(coalesce(sum(a.size), 0) AS BIGINT)"
                " FROM receiving r LEFT JOIN awaited a ON a.submission = r.id"
                " WHERE r.court = ? AND r.account = ? AND r.accepted = 0",
                submission.court, submission.account)));
  if (!used) return core::fail(ErrorCode::kInternal, "the database did not answer");
  if (!fits(1, std::get<0>(*used), submission.most->submissions)) {
    return core::fail(ErrorCode::kLimit, kAccountHasTooMany);
  }
  std::uint64_t bytes = 0;
  for (const StoredFile& file : submission.files) bytes += file.size;
  if (!fits(bytes, std::get<1>(*used), submission.most->bytes)) {
    return core::fail(ErrorCode::kLimit, kAccountHasTooMuch);
  }
  return {};
}

core::Result<std::optional<KeyUse>> key_use(sql::StatementCache& statements, std::string_view court,
                                            std::string_view account, std::string_view key) {
  HEYAN_TRY(auto used, (statements.one<string, Bytes>(
                           "SELECT submission, fingerprint FROM idempotency"
                           " WHERE court = ?1 AND account = ?2 AND key = ?3 UNION ALL"
                           " SELECT id, fingerprint FROM receiving"
                           " WHERE court = ?1 AND account = ?2 AND key = ?3 LIMIT 1",
                           court, account, key)));
  if (!used) return std::nullopt;
  auto& [submission, fingerprint] = *used;
  return KeyUse{std::move(submission), std::move(fingerprint)};
}

core::Result<Acceptance> Writing::begin_receiving(const NewReceiving& submission) {
  using Outcome = Acceptance::Outcome;
  HEYAN_TRY(const auto used,
            key_use(statements_, submission.court, submission.account, submission.key.key));
  if (used) {
    const bool same = used->fingerprint == submission.key.fingerprint;
    return Acceptance{same ? Outcome::kReplayed : Outcome::kConflict, used->submission};
  }
  HEYAN_CHECK_OK(expect_room(statements_, submission));
  HEYAN_CHECK_OK(statements_.run(
      "INSERT INTO receiving(id, court, account, session, key, fingerprint, created_at_ms,"
      " expires_at_ms) VALUES(?, ?, ?, ?, ?, ?, ?, ?)",
      submission.id, submission.court, submission.account, submission.session, submission.key.key,
      submission.key.fingerprint, submission.created_at_ms, submission.expires_at_ms));
  std::uint64_t position = 0;
  for (const StoredFile& file : submission.files) {
    HEYAN_CHECK_OK(
        statements_.run("INSERT INTO awaited(submission, position, path, size, \"offset\", sha256,"
                        " proof) VALUES(?1, ?2, ?3, ?4, ?4, ?5, ?6)",
                        submission.id, position++, file.path, file.size, or_null(file.sha256),
                        std::uint64_t{submission.proofs.contains(file.path) ? 1U : 0U}));
  }
  HEYAN_CHECK_OK(keep_filing(submission.id, submission.court, submission.filing));
  return Acceptance{Outcome::kAccepted, submission.id};
}

core::Result<void> Writing::begin_upload(const NewUpload& upload, const Scope& scope) {
  HEYAN_TRY(const auto owner,
            (statements_.one<string, string>("SELECT court, account FROM receiving WHERE id = ?1"
                                             " AND accepted = 0 AND (?2 IS NULL OR court = ?2)"
                                             " AND (?3 IS NULL OR account = ?3)",
                                             upload.submission, scope.court, scope.account)));
  if (!owner) return core::fail(ErrorCode::kNotFound, "no such submission is being received");
  HEYAN_TRY(const auto file,
            (statements_.one<std::optional<string>, std::optional<Bytes>, std::uint64_t>(
                "SELECT upload, sha256, proof FROM awaited WHERE submission = ? AND path = ?",
                upload.submission, upload.path)));
  if (!file) return core::fail(ErrorCode::kUnknown, "case.json names no file of that path");
  if (std::get<0>(*file) || std::get<1>(*file)) {
    return core::fail(ErrorCode::kDuplicate, "that file has an upload already");
  }
  HEYAN_TRY(const auto used,
            (statements_.one<std::uint64_t, std::uint64_t, std::uint64_t>(
                "SELECT CAST(coalesce(sum(a.size) FILTER (WHERE r.id = ?1), 0) AS BIGINT),"
                " CAST(coalesce(sum(a.size), 0) AS BIGINT),"
                " CAST(coalesce(sum(a.size) FILTER (WHERE r.id = ?1 AND a.proof = 1), 0) AS BIGINT)"
                " FROM receiving r JOIN awaited a ON "
                "a.submission = r.id"
                " WHERE r.court = ?2 AND r.account = ?3 AND r.accepted = 0",
                upload.submission, std::get<0>(*owner), std::get<1>(*owner))));
  if (!used) return core::fail(ErrorCode::kInternal, "the database did not answer");
  HEYAN_CHECK_OK(upload.limits.check(upload.size, std::get<0>(*used)));
  if (std::get<2>(*file) != 0) {
    HEYAN_CHECK_OK(upload.limits.check_proof(upload.size, std::get<2>(*used)));
  }
  if (upload.most_bytes && !fits(upload.size, std::get<1>(*used), *upload.most_bytes)) {
    return core::fail(ErrorCode::kLimit, kAccountHasTooMuch);
  }
  return statements_.run(
      "UPDATE awaited SET upload = ?, size = ?, \"offset\" = 0, expected = ?, metadata = ?"
      " WHERE submission = ? AND path = ?",
      upload.id, upload.size, or_null(upload.expected), upload.metadata, upload.submission,
      upload.path);
}

core::Result<void> Writing::advance_upload(const Upload& upload, std::uint64_t to,
                                           const Bytes& sha256, std::int64_t expires_at_ms) {
  HEYAN_TRY(
      const std::uint64_t changed,
      statements_.change("UPDATE awaited SET \"offset\" = ?3, sha256 = ?4, expected = ?5"
                         " WHERE upload = ?1"
                         " AND \"offset\" = ?2 AND sha256 IS NULL AND ?3 <= size"
                         " AND (?3 = size) = (?4 IS NOT NULL)",
                         upload.id, upload.offset, to, or_null(sha256), or_null(upload.expected)));
  if (changed != 1) return std::unexpected(kNotSo);
  return statements_.run(
      "UPDATE receiving SET expires_at_ms = ? WHERE id ="
      " (SELECT submission FROM awaited WHERE upload = ?)",
      expires_at_ms, upload.id);
}

core::Result<void> Writing::drop_upload(std::string_view upload) {
  HEYAN_TRY(
      const std::uint64_t changed,
      statements_.change("UPDATE awaited SET upload = NULL, size = 0, \"offset\" = 0,"
                         " expected = NULL, metadata = NULL WHERE upload = ? AND sha256 IS NULL",
                         upload));
  if (changed != 1) return std::unexpected(kNotSo);
  return {};
}

core::Result<void> Writing::keep_receiving(std::string_view submission,
                                           std::int64_t expires_at_ms) {
  HEYAN_TRY(const std::uint64_t changed,
            statements_.change("UPDATE receiving SET expires_at_ms = ?2 WHERE id = ?1", submission,
                               expires_at_ms));
  if (changed != 1) return std::unexpected(kNotSo);
  return {};
}

// As Reading::expired() asks.
core::Result<bool> Writing::forget_receiving(std::string_view submission, std::int64_t now_ms) {
  HEYAN_TRY(const std::uint64_t changed,
            statements_.change("DELETE FROM receiving WHERE id = ? AND expires_at_ms < ?"
                               " AND (accepted = 1 OR EXISTS (SELECT 1 FROM awaited a"
                               "  WHERE a.submission = receiving.id AND a.sha256 IS NULL))",
                               submission, now_ms));
  if (changed != 1) return false;
  HEYAN_CHECK_OK(
      statements_.run("DELETE FROM filings WHERE submission = ?1 AND NOT EXISTS"
                      " (SELECT 1 FROM submissions WHERE id = ?1)",
                      submission));
  return true;
}

core::Result<void> Reading::expect_room(const NewReceiving& submission) {
  return store::expect_room(statements_, submission);
}

core::Result<std::optional<Receiving>> Reading::find_receiving(std::string_view id,
                                                               const Scope& scope) {
  if (scope.judge) return std::nullopt;  // nothing of it is assigned yet
  HEYAN_TRY(
      auto row,
      (statements_.one<string, string, string, Bytes, string, Bytes, std::int64_t, std::int64_t>(
          "SELECT id, court, account, session, key, fingerprint, created_at_ms,"
          " expires_at_ms FROM receiving WHERE id = ?1 AND accepted = 0"
          " AND (?2 IS NULL OR court = ?2) AND (?3 IS NULL OR account = ?3)",
          id, scope.court, scope.account)));
  if (!row) return std::nullopt;
  Receiving found;
  std::tie(found.id, found.court, found.account, found.session, found.key.key,
           found.key.fingerprint, found.created_at_ms, found.expires_at_ms) = *std::move(row);
  HEYAN_TRY(auto files,
            (statements_.all<string, std::optional<string>, std::uint64_t, std::uint64_t,
                             std::optional<Bytes>>("SELECT path, upload, size, \"offset\", sha256"
                                                   " FROM awaited WHERE submission = ?"
                                                   " ORDER BY position",
                                                   id)));
  for (auto& [path, upload, size, offset, sha256] : files) {
    found.files.push_back({.path = std::move(path),
                           .upload = std::move(upload).value_or(""),
                           .size = size,
                           .offset = offset,
                           .sha256 = std::move(sha256).value_or(Bytes())});
  }
  return found;
}

core::Result<std::optional<Bytes>> Reading::receiving_session(std::string_view id,
                                                              const Scope& scope) {
  if (scope.judge) return std::nullopt;
  HEYAN_TRY(auto row, (statements_.one<Bytes>("SELECT session FROM receiving WHERE id = ?1"
                                              " AND accepted = 0 AND (?2 IS NULL OR court = ?2)"
                                              " AND (?3 IS NULL OR account = ?3)",
                                              id, scope.court, scope.account)));
  if (!row) return std::nullopt;
  return std::get<0>(*std::move(row));
}

core::Result<std::optional<Upload>> Reading::find_upload(std::string_view id, const Scope& scope) {
  static const string query = string(kUploads) + " AND a.upload = ?3";
  return read_upload(statements_, query, scope, id);
}

core::Result<std::optional<Upload>> Reading::find_upload_of(std::string_view submission,
                                                            std::string_view path,
                                                            const Scope& scope) {
  static const string query =
      string(kUploads) + " AND a.submission = ?3 AND a.path = ?4 AND a.upload IS NOT NULL";
  return read_upload(statements_, query, scope, submission, path);
}

core::Result<std::vector<string>> Reading::received_whole() {
  HEYAN_TRY(auto rows,
            statements_.all<string>("SELECT id FROM receiving r WHERE accepted = 0 AND NOT EXISTS"
                                    " (SELECT 1 FROM awaited a WHERE a.submission = r.id"
                                    "  AND a.sha256 IS NULL)"));
  std::vector<string> ids;
  for (auto& [id] : rows) ids.push_back(std::move(id));
  return ids;
}

core::Result<std::vector<string>> Reading::expired(std::int64_t now_ms) {
  HEYAN_TRY(auto rows,
            statements_.all<string>("SELECT id FROM receiving r WHERE expires_at_ms < ?"
                                    " AND (accepted = 1 OR EXISTS (SELECT 1 FROM awaited a"
                                    "  WHERE a.submission = r.id AND a.sha256 IS NULL))",
                                    now_ms));
  std::vector<string> ids;
  for (auto& [id] : rows) ids.push_back(std::move(id));
  return ids;
}

}  // namespace heyan::store
