// Reading and writing: what a malware scanner said of the files of submissions.
#include <algorithm>
#include <array>

#include "gateway/store/parts.h"
#include "gateway/store/rows.h"

namespace heyan::store {
namespace {

using core::Bytes;
using core::ErrorCode;
using Row = std::tuple<std::string, std::optional<std::string>, std::optional<std::int64_t>>;

constexpr std::array<std::string_view, 4> kNames = {"PENDING", "CLEAN", "FOUND", "TOO_LARGE"};

core::Result<Scan> scan_of(Row row) {
  auto& [word, found, at_ms] = row;
  const auto* const state = std::ranges::find(kNames, word);
  if (state == kNames.end()) return core::fail(ErrorCode::kInternal, "a scan has no known state");
  return Scan{.state = static_cast<ScanState>(state - kNames.begin()),
              .name = std::move(found).value_or(""),
              .at_ms = at_ms.value_or(0)};
}

core::Result<void> one_changed(const core::Result<std::uint64_t>& changed) {
  if (!changed) return std::unexpected(changed.error());
  if (*changed != 1) return core::fail(ErrorCode::kNotFound, "there is no such file to scan");
  return {};
}

}  // namespace

std::string_view name(ScanState state) { return kNames.at(static_cast<std::size_t>(state)); }

// case.json is no evidence: a box reads it strictly before anything is taken in.
core::Result<void> Writing::want_scan(const NewSubmission& submission, const StoredFile& file) {
  if (file.path == "case.json") return {};
  return statements_.run(
      "INSERT INTO scans(submission, sha256, size, not_before_ms) VALUES(?, ?, ?, ?)"
      " ON CONFLICT(submission, sha256) DO NOTHING",
      submission.id, file.sha256, file.size, submission.received_at_ms);
}

core::Result<void> Writing::scanned(const DueScan& file, const Scan& scan) {
  return one_changed(statements_.change(
      "UPDATE scans SET state = ?, name = ?, scanned_at_ms = ?, attempts = attempts + 1"
      " WHERE submission = ? AND sha256 = ? AND state = 'PENDING'",
      store::name(scan.state),
      scan.state == ScanState::kFound ? std::optional(scan.name) : std::nullopt, scan.at_ms,
      file.submission, file.sha256));
}

core::Result<void> Writing::not_scanned(const DueScan& file, std::int64_t not_before_ms) {
  return one_changed(
      statements_.change("UPDATE scans SET not_before_ms = ?, attempts = attempts + 1"
                         " WHERE submission = ? AND sha256 = ? AND state = 'PENDING'",
                         not_before_ms, file.submission, file.sha256));
}

core::Result<void> Writing::scan_up_to(std::uint64_t max_bytes) {
  return statements_.run(
      "UPDATE scans SET state = 'PENDING', scanned_at_ms = NULL"
      " WHERE state = 'TOO_LARGE' AND size <= ?",
      max_bytes);
}

core::Result<std::optional<DueScan>> Reading::due_scan(std::int64_t now_ms) {
  HEYAN_TRY(auto row,
            (statements_.one<std::string, Bytes, std::uint64_t, std::string, std::uint64_t>(
                "SELECT c.submission, c.sha256, c.size, s.court, c.attempts FROM scans c"
                " JOIN submissions s ON s.id = c.submission"
                " WHERE c.state = 'PENDING' AND c.not_before_ms <= ?"
                " ORDER BY c.not_before_ms LIMIT 1",
                now_ms)));
  if (!row) return std::nullopt;
  DueScan due;
  std::uint64_t attempts = 0;
  std::tie(due.submission, due.sha256, due.size, due.court, attempts) = *std::move(row);
  due.attempts = static_cast<std::uint32_t>(attempts);
  return due;
}

core::Result<Scan> Reading::find_scan(std::string_view submission, const Bytes& sha256,
                                      const Scope& scope) {
  HEYAN_TRY(const auto visible, find_submission(submission, scope));
  if (!visible) return Scan();
  HEYAN_TRY(auto row,
            (statements_.one<std::string, std::optional<std::string>, std::optional<std::int64_t>>(
                "SELECT state, name, scanned_at_ms FROM scans WHERE submission = ? AND sha256 = ?",
                submission, sha256)));
  if (!row) return Scan();
  return scan_of(*std::move(row));
}

core::Result<std::optional<std::vector<ScannedFile>>> Reading::scans_of(std::string_view submission,
                                                                        const Scope& scope) {
  HEYAN_TRY(const auto visible, find_submission(submission, scope));
  if (!visible) return std::nullopt;
  HEYAN_TRY(auto rows, (statements_.all<std::string, std::string, std::optional<std::string>,
                                        std::optional<std::int64_t>>(
                           "SELECT f.path, c.state, c.name, c.scanned_at_ms FROM files f"
                           " JOIN scans c ON c.submission = f.submission AND c.sha256 = f.sha256"
                           " WHERE f.submission = ? AND f.path <> 'case.json'"
                           " ORDER BY f.position",
                           submission)));
  std::vector<ScannedFile> files;
  files.reserve(rows.size());
  for (auto& [path, state, found, at_ms] : rows) {
    HEYAN_TRY(Scan scan, scan_of({std::move(state), std::move(found), at_ms}));
    files.push_back({.path = std::move(path), .scan = std::move(scan)});
  }
  return files;
}

core::Result<ScanCounts> Reading::count_scans() {
  HEYAN_TRY(const auto row, (statements_.one<std::uint64_t, std::uint64_t>(
                                "SELECT (SELECT count(*) FROM scans WHERE state = 'PENDING'),"
                                " (SELECT count(*) FROM scans WHERE state = 'FOUND')")));
  if (!row) return core::fail(ErrorCode::kInternal, "the database did not answer");
  return ScanCounts{.pending = std::get<0>(*row), .found = std::get<1>(*row)};
}

core::Result<void> Store::scanned(const DueScan& file, const Scan& scan) {
  return parts_->commits->run([&] { return parts_->writing.scanned(file, scan); });
}

core::Result<void> Store::not_scanned(const DueScan& file, std::int64_t not_before_ms) {
  return parts_->commits->run([&] { return parts_->writing.not_scanned(file, not_before_ms); });
}

core::Result<void> Store::scan_up_to(std::uint64_t max_bytes) {
  return parts_->commits->run([&] { return parts_->writing.scan_up_to(max_bytes); });
}

}  // namespace heyan::store
