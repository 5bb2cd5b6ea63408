#include "gateway/backup/reports_check.h"

#include <optional>

#include "gateway/keys/report_issuer.h"
#include "gateway/log_audit/audit.h"
#include "gateway/log_audit/published_log.h"
#include "gateway/signer/tables.h"
#include "gateway/sqlite/statement_cache.h"
#include "gateway/store/schema.h"
#include "verifier/crypto/digest.h"
#include "verifier/report/envelope.h"

namespace heyan::backup {
namespace {

using core::ErrorCode;
using core::Result;
using std::filesystem::path;
using transparency::kTileWidth;
using transparency::NoteVerifier;

constexpr std::size_t kReportBytes = 256u << 20;

// One log whose files are in the backup; reads a bundle of leaves once while they are asked for in
// their order.
class LeavesOf {
 public:
  static std::optional<LeavesOf> open(const path& folder, NoteVerifier key) {
    auto files = log_audit::PublishedLog::open(folder);
    if (!files) return std::nullopt;
    const auto note = files->checkpoint();
    if (!note) return std::nullopt;
    const auto checkpoint = log_audit::read_checkpoint(*note, &key);
    if (!checkpoint) return std::nullopt;
    return LeavesOf(*std::move(files), checkpoint->size, std::move(key));
  }

  const NoteVerifier& key() const { return key_; }
  bool is_report(std::uint64_t index, core::ByteView payload_sha256) {
    if (index >= size_) return false;
    const std::uint64_t bundle = index / kTileWidth;
    if (bundle_ != bundle) {
      const auto width = std::min<std::uint64_t>(size_ - bundle * kTileWidth, kTileWidth);
      auto entries = files_.entries(bundle, static_cast<unsigned>(width));
      if (!entries) return false;
      entries_ = *std::move(entries);
      bundle_ = bundle;
    }
    return report::is_report_entry(entries_[index % kTileWidth], payload_sha256);
  }

 private:
  LeavesOf(log_audit::PublishedLog files, std::uint64_t size, NoteVerifier key)
      : files_(std::move(files)), size_(size), key_(std::move(key)) {}
  log_audit::PublishedLog files_;
  std::uint64_t size_;
  NoteVerifier key_;
  std::optional<std::uint64_t> bundle_;
  std::vector<core::Bytes> entries_;
};

struct Row {
  std::string number;
  std::uint64_t index = 0;
  std::string log;  // '': the last one
  core::Bytes payload_sha256;
  core::Bytes record_sha256;
  std::string envelope;
};

class Checker {
 public:
  Checker(path state, keys::ReportIssuer issuer, sqlite::Database signer, sqlite::Database front,
          const Tell& tell)
      : state_(std::move(state)),
        issuer_(std::move(issuer)),
        signer_(std::move(signer)),
        front_(std::move(front)),
        tell_(tell) {}

  Result<std::uint64_t> run() {
    HEYAN_TRY(sqlite::Statement all,
              signer_.prepare("SELECT number, idx, log, payload_sha256, record_sha256, envelope"
                              " FROM reports ORDER BY log, idx"));
    HEYAN_TRY(sqlite::Rows rows, all.query());
    std::uint64_t count = 0;
    while (true) {
      HEYAN_TRY(const bool more, rows.next());
      if (!more) break;
      HEYAN_TRY(auto row, (rows.values<std::string, std::uint64_t, std::string, core::Bytes,
                                       core::Bytes, std::optional<std::string>>()));
      auto& [number, index, log, digest, record, envelope] = row;
      // Logged in the moment of the backup and not signed yet: nobody has it.
      if (!envelope) continue;
      HEYAN_CHECK_OK(look_at({.number = std::move(number),
                              .index = index,
                              .log = std::move(log),
                              .payload_sha256 = std::move(digest),
                              .record_sha256 = std::move(record),
                              .envelope = *std::move(envelope)}));
      ++count;
    }
    HEYAN_CHECK_OK(look_for_others());
    return count;
  }

 private:
  Result<void> look_at(const Row& row) {
    HEYAN_CHECK_OK(turn_to(row.log));
    if (!leaves_) {
      tell_("report-log", row.number);
      return {};
    }
    const core::ByteView document = core::as_bytes(row.envelope);
    core::Limits limits;
    limits.json_bytes = kReportBytes;
    crypto::SignatureChecker checker(crypto::production_engines(), limits);
    const report::EnvelopeVerdict verdict =
        report::verify_envelope(document, issuer_.reports, &leaves_->key(), checker, limits);
    if (verdict.jws.outcome != report::JwsOutcome::kValid ||
        crypto::sha256(verdict.jws.payload) != row.payload_sha256) {
      tell_("report-signature", row.number);
      return {};
    }
    const bool placed = verdict.jws.log && std::cmp_equal(verdict.jws.log->index, row.index);
    if (verdict.log != report::LogOutcome::kValid || !placed ||
        !leaves_->is_report(row.index, row.payload_sha256)) {
      tell_("report-log", row.number);
    }
    HEYAN_TRY(const auto kept,
              (front_statements_.one<core::Bytes, core::Bytes>(
                  "SELECT envelope, record_sha256 FROM reports WHERE number = ?", row.number)));
    if (!kept) return {};
    const auto& [envelope, record] = *kept;
    if (!core::equal(envelope, document) || record != row.record_sha256) {
      tell_("report-front", row.number);
    }
    return {};
  }

  // What the front has and the signer never signed.
  Result<void> look_for_others() {
    HEYAN_TRY(sqlite::Statement all, front_.prepare("SELECT number FROM reports ORDER BY number"));
    HEYAN_TRY(sqlite::Rows rows, all.query());
    while (true) {
      HEYAN_TRY(const bool more, rows.next());
      if (!more) return {};
      HEYAN_TRY(const auto row, rows.values<std::string>());
      HEYAN_TRY(const auto known,
                signer_statements_.one<std::string>(
                    "SELECT number FROM reports WHERE number = ? AND envelope IS NOT NULL",
                    std::get<0>(row)));
      if (!known) tell_("report-front", std::get<0>(row));
    }
  }

  Result<void> turn_to(const std::string& log) {
    if (log_ == log) return {};
    log_ = log;
    if (log.empty()) {
      leaves_ = LeavesOf::open(state_ / "log", issuer_.log);
      return {};
    }
    HEYAN_TRY(NoteVerifier key,
              NoteVerifier::make(log, transparency::NoteKeyType::kEd25519, issuer_.log.key()));
    leaves_ = LeavesOf::open(state_ / ("log-" + core::to_hex(key.id())), std::move(key));
    return {};
  }

  path state_;
  keys::ReportIssuer issuer_;
  sqlite::Database signer_;
  sqlite::Database front_;
  sqlite::StatementCache signer_statements_{signer_};
  sqlite::StatementCache front_statements_{front_};
  const Tell& tell_;
  std::optional<std::string> log_;
  std::optional<LeavesOf> leaves_;
};

Result<std::uint64_t> check(const path& state, keys::ReportIssuer issuer, const Tell& tell) {
  HEYAN_TRY(
      sqlite::Database signer,
      sqlite::Database::open(state / "signer/log.db", signer::layout(), sqlite::Access::kStill));
  HEYAN_TRY(
      sqlite::Database front,
      sqlite::Database::open(state / "front/front.db", store::layout(), sqlite::Access::kStill));
  return Checker(state, std::move(issuer), std::move(signer), std::move(front), tell).run();
}

}  // namespace

std::expected<std::uint64_t, Refusal> check_reports(const path& state, const Tell& tell) {
  HEYAN_TRY(keys::ReportIssuer issuer, keys::load_report_issuer(state / "keys"));
  const auto count = check(state, std::move(issuer), tell);
  if (count) return *count;
  return std::unexpected(intake::refusal_of(count.error(), "log.db or front.db",
                                            "The backup is of no use; take another."));
}

}  // namespace heyan::backup
